// The words that numbers and units are written with in English news text. Data for numbers.ts; no logic.

export const UNITS_AND_TENS = new Map<string, number>(
  (
    "zero:0 nil:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 " +
    "sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fourty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90"
  )
    .split(" ")
    .map((pair): [string, number] => [pair.split(":")[0] ?? "", Number(pair.split(":")[1])]),
);

export const ORDINALS = new Map<string, number>(
  (
    "first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 thirteenth:13 fourteenth:14 " +
    "fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19 twentieth:20 thirtieth:30 fortieth:40 fiftieth:50 sixtieth:60 " +
    "seventieth:70 eightieth:80 ninetieth:90 hundredth:100 thousandth:1000"
  )
    .split(" ")
    .map((pair): [string, number] => [pair.split(":")[0] ?? "", Number(pair.split(":")[1])]),
);

export const SCALES = new Map<string, number>([
  ["hundred", 100],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
  ["lakh", 1e5],
  ["crore", 1e7],
  ["dozen", 12],
  ["k", 1e3],
  ["m", 1e6],
  ["mn", 1e6],
  ["bn", 1e9],
  ["tn", 1e12],
]);

/** Plural scales without a number: an order of magnitude, not a value. */
export const VAGUE = new Map<string, number>([
  ["dozens", 12],
  ["scores", 20],
  ["hundreds", 100],
  ["thousands", 1e3],
  ["millions", 1e6],
  ["billions", 1e9],
]);

export const FRACTIONS = new Map<string, number>([
  ["half", 1 / 2],
  ["third", 1 / 3],
  ["thirds", 1 / 3],
  ["quarter", 1 / 4],
  ["quarters", 1 / 4],
  ["fourth", 1 / 4],
  ["fourths", 1 / 4],
  ["fifth", 1 / 5],
  ["fifths", 1 / 5],
  ["sixth", 1 / 6],
  ["sixths", 1 / 6],
  ["eighth", 1 / 8],
  ["eighths", 1 / 8],
  ["tenth", 1 / 10],
  ["tenths", 1 / 10],
]);

export const FRACTION_SIGNS = new Map<string, number>([
  ["½", 0.5],
  ["¼", 0.25],
  ["¾", 0.75],
  ["⅓", 1 / 3],
  ["⅔", 2 / 3],
]);

/** Spelling of a unit -> [unit, dimension, factor to the dimension's base]. */
export const UNITS = new Map<string, readonly [string, string, number]>(
  (
    "km kilometre length 1000|kms kilometre length 1000|kilometre kilometre length 1000|kilometres kilometre length 1000|kilometer kilometre length 1000|" +
    "kilometers kilometre length 1000|mile mile length 1609.344|miles mile length 1609.344|mi mile length 1609.344|metre metre length 1|metres metre length 1|" +
    "meter metre length 1|meters metre length 1|cm centimetre length 0.01|centimetre centimetre length 0.01|centimetres centimetre length 0.01|" +
    "centimeters centimetre length 0.01|mm millimetre length 0.001|millimetres millimetre length 0.001|foot foot length 0.3048|feet foot length 0.3048|" +
    "ft foot length 0.3048|inch inch length 0.0254|inches inch length 0.0254|yard yard length 0.9144|yards yard length 0.9144|" +
    "hectare hectare area 10000|hectares hectare area 10000|acre acre area 4046.86|acres acre area 4046.86|" +
    "kg kilogram mass 1|kilogram kilogram mass 1|kilograms kilogram mass 1|kilo kilogram mass 1|kilos kilogram mass 1|gram gram mass 0.001|grams gram mass 0.001|" +
    "tonne tonne mass 1000|tonnes tonne mass 1000|ton ton mass 1000|tons ton mass 1000|lb pound mass 0.4536|lbs pound mass 0.4536|" +
    "litre litre volume 1|litres litre volume 1|liter litre volume 1|liters litre volume 1|gallon gallon volume 3.785|gallons gallon volume 3.785|" +
    "barrel barrel oil 1|barrels barrel oil 1|bpd barrel oil 1|mph mph speed 1.609|kph kph speed 1|kmh kph speed 1|knots knot speed 1.852|" +
    "watt watt power 1|kw kilowatt power 1000|mw megawatt power 1000000|megawatt megawatt power 1000000|megawatts megawatt power 1000000|" +
    "gw gigawatt power 1000000000|gigawatt gigawatt power 1000000000|gigawatts gigawatt power 1000000000|" +
    "celsius celsius temperature 1|fahrenheit fahrenheit fahrenheit 1|degree degree degree 1|degrees degree degree 1|" +
    "second second time 1|seconds second time 1|minute minute time 60|minutes minute time 60|hour hour time 3600|hours hour time 3600|hr hour time 3600|hrs hour time 3600|" +
    "day day time 86400|days day time 86400|week week time 604800|weeks week time 604800|month month months 1|months month months 1|year year months 12|years year months 12|" +
    "decade decade months 120|decades decade months 120|century century months 1200|centuries century months 1200|fortnight fortnight time 1209600"
  )
    .split("|")
    .map((line): [string, readonly [string, string, number]] => {
      const [spelling = "", unit = "", dimension = "", factor = "1"] = line.split(" ");
      return [spelling, [unit, dimension, Number(factor)]];
    }),
);

export const CURRENCY_SIGNS = new Map<string, string>([
  ["$", "dollar"],
  ["us$", "dollar"],
  ["€", "euro"],
  ["£", "pound"],
  ["¥", "yen"],
  ["₹", "rupee"],
  ["rs", "rupee"],
  ["₽", "rouble"],
  ["₴", "hryvnia"],
  ["₺", "lira"],
]);

export const CURRENCY_WORDS = new Map<string, string>(
  (
    "dollar:dollar dollars:dollar usd:dollar euro:euro euros:euro eur:euro pound:pound pounds:pound gbp:pound sterling:pound yen:yen jpy:yen yuan:yuan renminbi:yuan " +
    "rupee:rupee rupees:rupee rouble:rouble roubles:rouble ruble:rouble rubles:rouble lira:lira liras:lira franc:franc francs:franc peso:peso pesos:peso " +
    "riyal:riyal riyals:riyal dirham:dirham dirhams:dirham dinar:dinar dinars:dinar real:real reais:real won:won rand:rand naira:naira shekel:shekel shekels:shekel " +
    "krone:krone kroner:krone krona:krona kronor:krona zloty:zloty hryvnia:hryvnia afghani:afghani afghanis:afghani taka:taka baht:baht pence:penny cent:cent cents:cent"
  )
    .split(" ")
    .map((pair): [string, string] => [pair.split(":")[0] ?? "", pair.split(":")[1] ?? ""]),
);

export const MONTHS = new Set(
  "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split(
    " ",
  ),
);

export type Bound = "exact" | "about" | "over" | "under";

/** What stands before a number, longest first. */
export const BEFORE: readonly (readonly [string, Bound])[] = [
  ["no fewer than", "over"],
  ["no less than", "over"],
  ["not less than", "over"],
  ["no more than", "under"],
  ["not more than", "under"],
  ["in excess of", "over"],
  ["more than", "over"],
  ["greater than", "over"],
  ["higher than", "over"],
  ["upwards of", "over"],
  ["at least", "over"],
  ["at minimum", "over"],
  ["at a minimum", "over"],
  ["a minimum of", "over"],
  ["a total of", "exact"],
  ["fewer than", "under"],
  ["less than", "under"],
  ["lower than", "under"],
  ["at most", "under"],
  ["up to", "under"],
  ["as many as", "under"],
  ["as much as", "under"],
  ["a maximum of", "under"],
  ["close to", "about"],
  ["an estimated", "about"],
  ["some", "about"],
  ["about", "about"],
  ["around", "about"],
  ["roughly", "about"],
  ["approximately", "about"],
  ["approx", "about"],
  ["nearly", "about"],
  ["almost", "about"],
  ["circa", "about"],
  ["estimated", "about"],
  ["or so", "about"],
  ["just over", "over"],
  ["just under", "under"],
  ["well over", "over"],
  ["over", "over"],
  ["above", "over"],
  ["exceeding", "over"],
  ["under", "under"],
  ["below", "under"],
];
