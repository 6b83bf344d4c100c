"""Makes tests/fixtures/schedule/runs.txt with Python's zoneinfo: when a daily digest runs, around clock changes and on plain days.

usage: python3 tests/support/make-runs.py > tests/fixtures/schedule/runs.txt

Shares no method with the program: it walks through time minute by minute and reads the zone's clock. A local date's run is the first
minute that shows its time; where no minute does, the first one at which the clock stands later. A date that no minute shows has no run.
Offsets of whole minutes only. Past rules only (and future ones by rules that have stood for years), so that another version of the zone data gives the same runs.
"""
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
UTC = timezone.utc

# zone, years to look for clock changes in
ZONES = [
    ("Europe/Berlin", (2024, 2026)), ("Europe/London", (2025,)), ("Europe/Lisbon", (1996, 2024)), ("Europe/Dublin", (2024,)),
    ("Europe/Istanbul", (2016,)), ("Europe/Moscow", (2011, 2014)), ("Europe/Kyiv", (2025,)), ("Atlantic/Azores", (2024,)),
    ("America/New_York", (2024, 2026)), ("America/Los_Angeles", (2025,)), ("America/St_Johns", (2006, 2024)), ("America/Havana", (2024,)),
    ("America/Sao_Paulo", (2018,)), ("America/Asuncion", (2023,)), ("America/Santiago", (2023,)), ("America/Caracas", (2016,)),
    ("America/Nuuk", (2022,)), ("America/Scoresbysund", (2022,)), ("America/Phoenix", (2024,)), ("America/Toronto", (1919, 1945)),
    ("Africa/Cairo", (2024,)), ("Africa/Casablanca", (2023,)),
    ("Asia/Tehran", (2021,)), ("Asia/Beirut", (2022,)), ("Asia/Gaza", (2021,)), ("Asia/Amman", (2022,)), ("Asia/Kathmandu", (1986,)),
    ("Asia/Pyongyang", (2015, 2018)), ("Asia/Jerusalem", (2024,)), ("Asia/Kolkata", (2024,)),
    ("Australia/Lord_Howe", (2024,)), ("Australia/Sydney", (2025,)), ("Australia/Adelaide", (2024,)), ("Antarctica/Troll", (2023,)),
    ("Pacific/Apia", (2011,)), ("Pacific/Auckland", (2024,)), ("Pacific/Chatham", (2024,)), ("Pacific/Kwajalein", (1993,)),
    ("Pacific/Kiritimati", (1994, 1995)), ("Pacific/Fakaofo", (2011,)), ("Pacific/Norfolk", (2023,)), ("UTC", (2024,)),
]


def wall(zone, instant):
    return instant.astimezone(zone).replace(tzinfo=None)


def changes(zone, year):
    """Instants in the year at which the zone's offset changes, to the minute."""
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        after = at + timedelta(hours=6)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            minute = at
            while minute.astimezone(zone).utcoffset() == (minute + MINUTE).astimezone(zone).utcoffset():
                minute += MINUTE
            yield minute + MINUTE
        at = after


def run_on(zone, date, hour, minute):
    wanted = datetime(date.year, date.month, date.day, hour, minute)
    instant = datetime(date.year, date.month, date.day, tzinfo=UTC) - timedelta(hours=38)
    end = instant + timedelta(hours=38 + 24 + 38)
    exists, later = False, None
    while instant < end:
        shown = wall(zone, instant)
        if shown == wanted:
            return instant
        exists = exists or shown.date() == wanted.date()
        # later: the clock jumps over the wanted time
        if later is None and shown > wanted and wall(zone, instant - MINUTE) < wanted:
            later = instant
        instant += MINUTE
    return later if exists else None


def runs(zone, start, hour, minute, days, count):
    found = []
    date = wall(zone, start).date() - timedelta(days=2)
    while len(found) < count:
        run = run_on(zone, date, hour, minute) if days is None or date.weekday() in days else None
        if run is not None and run > start:
            found.append(run)
        date += timedelta(days=1)
    return found


def line(name, start, time, days, count):
    zone = ZoneInfo(name)
    hour, minute = map(int, time.split(":"))
    found = runs(zone, start, hour, minute, days, count)
    shown = ",".join(run.astimezone(zone).isoformat(timespec="seconds") for run in found)
    days_shown = "-" if days is None else "".join(str(day) for day in days)
    print(start.strftime("%Y-%m-%dT%H:%M:%SZ"), name, time, days_shown, shown)


def main():
    print("# from zone time days(0 is Monday) runs; made by tests/support/make-runs.py")
    for name, years in ZONES:
        zone = ZoneInfo(name)
        for year in years:
            around = list(changes(zone, year))[:4]
            for change in around:
                before, after = wall(zone, change - MINUTE), wall(zone, change)
                jump = after - before - MINUTE
                low, high = sorted((before + MINUTE, after))
                middle = low + timedelta(minutes=(high - low).total_seconds() // 120)
                times = {low, middle, high, low - MINUTE}
                if abs(jump) >= timedelta(hours=20):
                    times |= {low + timedelta(hours=8)}
                for time in sorted({moment.strftime("%H:%M") for moment in times}):
                    line(name, change - timedelta(hours=30), time, None, 3)
                line(name, change, after.strftime("%H:%M"), None, 1)
                line(name, change - timedelta(days=5), middle.strftime("%H:%M"), (6, 0), 2)
            if not around:
                line(name, datetime(year, 2, 28, 3, 4, 5, tzinfo=UTC), "00:00", None, 3)
                line(name, datetime(year, 12, 31, 12, tzinfo=UTC), "23:59", None, 2)


main()
