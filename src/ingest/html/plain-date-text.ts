// Dates in scripts and languages that the date finder does not read, rewritten with English months and plain figures; nothing else is touched.
// The Persian solar calendar is converted, as its years (14xx) would else be read as nothing.
import { DAY_MS } from "../../text/date-words.ts";

const MONTHS: readonly (readonly [english: string, names: string])[] = [
  [
    "January",
    "يناير|كانون الثاني|ژانویه|جنوری|stycznia|січня|ιανουαρίου|januari|ocak|जनवरी|জানুয়ারি|januára|ianuarie|január|ledna|tammikuuta|มกราคม",
  ],
  [
    "February",
    "فبراير|شباط|فوریه|فروری|lutego|лютого|φεβρουαρίου|februari|şubat|फ़रवरी|फरवरी|ফেব্রুয়ারি|februára|februarie|február|února|helmikuuta|กุมภาพันธ์",
  ],
  ["March", "مارس|آذار|مارچ|marca|березня|μαρτίου|maret|mart|मार्च|মার্চ|martie|március|března|maaliskuuta|มีนาคม"],
  [
    "April",
    "أبريل|ابريل|إبريل|نيسان|آوریل|اپریل|kwietnia|квітня|απριλίου|nisan|अप्रैल|এপ্রিল|aprilie|április|dubna|huhtikuuta|เมษายน",
  ],
  ["May", "مايو|أيار|ايار|مه|می|مئی|maja|травня|μαΐου|μαίου|mayıs|मई|মে|május|mája|května|toukokuuta|พฤษภาคม|maj"],
  ["June", "يونيو|يونيه|حزيران|ژوئن|جون|czerwca|червня|ιουνίου|juni|haziran|जून|জুন|iunie|június|června|kesäkuuta|มิถุนายน"],
  ["July", "يوليو|يوليه|تموز|ژوئیه|جولای|جولائی|lipca|липня|ιουλίου|juli|temmuz|जुलाई|জুলাই|iulie|július|července|heinäkuuta|กรกฎาคม"],
  [
    "August",
    "أغسطس|اغسطس|آب|اوت|آگوست|اگست|sierpnia|серпня|αυγούστου|agustus|augusti|ağustos|अगस्त|আগস্ট|augusztus|srpna|elokuuta|สิงหาคม",
  ],
  [
    "September",
    "سبتمبر|أيلول|ايلول|سپتامبر|ستمبر|września|вересня|σεπτεμβρίου|eylül|सितंबर|सितम्बर|সেপ্টেম্বর|septembrie|szeptember|září|syyskuuta|กันยายน",
  ],
  [
    "October",
    "أكتوبر|اكتوبر|تشرين الأول|تشرين الاول|اکتبر|اکتوبر|października|жовтня|οκτωβρίου|oktober|ekim|अक्टूबर|अक्तूबर|অক্টোবর|octombrie|október|října|lokakuuta|ตุลาคม",
  ],
  [
    "November",
    "نوفمبر|تشرين الثاني|نوامبر|نومبر|listopada|листопада|νοεμβρίου|kasım|नवंबर|नवम्बर|নভেম্বর|noiembrie|listopadu|marraskuuta|พฤศจิกายน",
  ],
  [
    "December",
    "ديسمبر|كانون الأول|كانون الاول|دسامبر|دسمبر|grudnia|грудня|δεκεμβρίου|desember|aralık|दिसंबर|दिसम्बर|ডিসেম্বর|decembrie|prosince|joulukuuta|ธันวาคม",
  ],
];
const NUMBERED = new Map(MONTHS.flatMap(([english, names]) => names.split("|").map((name) => [name, english] as const)));
const NAMES = [...NUMBERED.keys()].sort((a, b) => b.length - a.length).join("|");
const NEAR_FIGURES = new RegExp(
  `(?<=\\d\\.?[\\s،,]{0,2}(?:de\\s)?)(?<!\\p{L})(?:${NAMES})(?![\\p{L}\\p{M}])[،.]?|(?<!\\p{L})(?:${NAMES})(?![\\p{L}\\p{M}])(?=[\\s،,]{1,2}\\d)`,
  "giu",
);
const YEAR_FIRST =
  /(?<!\p{N})((?:19|20)\d{2})\.?\s(January|February|March|April|May|June|July|August|September|October|November|December)\s(\d{1,2})(?!\p{N})\.?/gu;
const SOLAR_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند".split("|");
const SOLAR = new RegExp(`(?<!\\d)(\\d{1,2})\\s(${SOLAR_MONTHS.join("|")})(?:\\s?ماه)?\\s(1[34]\\d{2})(?!\\d)`, "gu");
const SOLAR_FIGURES = /(?<!\d)(1[34]\d{2})\/(\d{1,2})\/(\d{1,2})(?!\d)/g;
/** First code points of runs of ten digits in scripts that dates come in: Arabic, Persian and Urdu, Devanagari, Bengali, Thai, full width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/** The same text where it has no such date. */
export function plainDateText(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text) && !/[a-z]{3}/i.test(text)) return text;
  const figures = text.replace(/[٠-٩۰-۹०-९০-৯๐-๙０-９]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    return String(code - (ZEROS.findLast((zero) => zero <= code) ?? code));
  });
  return figures
    .replace(
      SOLAR,
      (whole, day: string, month: string, year: string) =>
        gregorian(Number(year), SOLAR_MONTHS.indexOf(month) + 1, Number(day)) ?? whole,
    )
    .replace(
      SOLAR_FIGURES,
      (whole, year: string, month: string, day: string) => gregorian(Number(year), Number(month), Number(day)) ?? whole,
    )
    .replace(NEAR_FIGURES, (name) =>
      ` ${NUMBERED.get(name.toLowerCase().replace(/[،.]$/, "")) ?? name}`.replace(/^ (?=\S+$)/, ""),
    )
    .replace(YEAR_FIRST, "$3 $2 $1");
}

/** A day of the Persian solar calendar as ISO, by its 33-year cycle, which holds from 1206 to 1497 (1827 to 2118); null for no day. */
function gregorian(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > (month < 7 ? 31 : 30)) return null;
  const leaps = (until: number): number => {
    let count = 0;
    for (let each = 1300; each < until; each += 1) if ([1, 5, 9, 13, 17, 22, 26, 30].includes(each % 33)) count += 1;
    return count;
  };
  if (year < 1300 || year > 1497) return null;
  const days = (year - 1300) * 365 + leaps(year) + (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
  // 1 Farvardin 1300 was 21 March 1921
  return new Date(Date.UTC(1921, 2, 21) + days * DAY_MS).toISOString().slice(0, 10);
}
