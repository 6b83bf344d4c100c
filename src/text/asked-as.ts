// Words that readers ask with for what news texts put otherwise: "fire" for "lay off", "boss" for "chief executive", "people" for "miners".
// Wider than `synonyms.ts`, whose groups also let a sentence support a claim; these only say where an answer may stand. Pure; English.
import { areRelated, areSynonyms } from "./synonyms.ts";
import { baseOf } from "./words.ts";

/** Any word of a group may be asked about with any other. */
const ALIKE =
  // work and business
  "fire sack dismiss lay layoff axe cut redundant redundancy shed oust|job post position role employee worker staff workforce redundancy|leave quit resign depart go exit step stand retire departure resignation retirement|" +
  "own owner ownership buy acquire purchase parent subsidiary belong takeover control|boss chief executive ceo head leader director chair manager president|lead head run chair chief leader boss govern manage captain coach command president|" +
  "founded founder establish set start launch create open form|name appoint choose pick elect select promote|succeed replace successor follow replacement|hire recruit take employ add|pay cost price spend buy sell worth bid fee sum|earn make pay salary wage income profit|" +
  "profit earnings surplus gain|loss deficit lose|sell sale shift buyer sold|revenue sales turnover takings|value worth price|grow rise increase expand up climb growth|fall drop decline shrink down slump|raise lift hike increase put|lower cut reduce trim slash|" +
  "layoff redundancy dismissal cut closure|bankrupt insolvent insolvency administration bankruptcy collapse|merge join combine merger|plan due schedule intend expect aim propose want will|pay wage salary settlement|strike walkout stoppage walk|rent lease hire|" +
  "shop store outlet branch|factory plant works site|make build produce manufacture assemble|invest put spend funding investment|borrow loan debt owe lend|ship deliver send export|price cost charge tariff|stock share|firm company business maker group studio developer publisher|" +
  // politics, law and war
  "win beat defeat victory winner triumph|lose defeat beat|vote ballot poll back|elect win election vote|govern rule power|law bill act rule|ban outlaw forbid prohibit bar block|approve pass back agree adopt clear vote|reject refuse vote turn block|ask call demand urge appeal|" +
  "accuse charge blame allege|jail sentence imprison prison term|arrest detain hold custody|trial hearing hear case court tribunal|sue lawsuit claim case court|die death dead kill toll fatal perish drown|kill die murder shoot death|hurt injure wound injury hospital|flee escape leave evacuate displace|" +
  "evacuate leave move flee|attack strike raid hit bomb shell|fight clash battle|meet talk summit meeting gather|talk meeting negotiation summit discussion|deal agreement pact treaty accord|sign agree conclude|broker mediate host mediation mediator|end stop finish expire close|begin start open launch commence|" +
  "happen take hold occur|send deploy dispatch|protest march rally demonstrate demonstrator|criticise attack condemn slam oppose|praise welcome hail|support back favour endorse|oppose against reject criticise|resign quit step|promise pledge vow|admit acknowledge concede confess|deny reject dispute|" +
  "cancel scrap abandon drop call axe halt|delay postpone push late|extend prolong renew|close shut closure end|open reopen inaugurate start|damage destroy hit ruin|power electricity blackout outage|rescue save pull|miss missing lost|crash collision accident|cause blame reason because trigger|" +
  // games, culture, science and every day
  "score goal net|play match game fixture|coach manager trainer train|join sign move transfer|sign buy join|award prize win honour|release publish launch debut premiere|author write writer novelist|direct director film|star act appear|perform play concert|design designer architect create|" +
  "paint painter painting artist|discover find spot detect identify|study research analysis trial experiment|show find suggest reveal|test trial experiment|invent develop create|grow plant cultivate|catch infect infection case|treat cure heal recover therapy|recover heal improve better|" +
  "ill sick case infect patient|vaccine jab shot|see watch view visit attend spectator viewer|watch visit attend visitor audience spectator viewer crowd listener|come attend arrive|live reside home inhabit|stay remain keep|fix repair mend restore|pay fund finance foot|give donate grant award|steal take rob theft|find recover discover|" +
  "carry hold transport|cover stretch span measure area|weigh weight tonne kilogram|old age aged|tall high height|long length last|far distance away|big large size|hot temperature heat degree|speed fast quick|base headquarters headquarter office|born birth native|train teach instruct|apologise sorry regret apology|" +
  "error mistake fault|correct correction amend retract|wrong error mistake|hearing hear|player user gamer|copy unit|speak talk address|say tell comment|money fund cash dollar euro pound|house home dwelling|car vehicle|town city village|plane aircraft jet flight|boat ship vessel ferry";

/** Asked in general, told in particular: what stands behind the sign answers for what stands before it, not the other way round. */
const PERSONS =
  "people person resident citizen inhabitant employee worker staff miner villager passenger patient child student pupil teacher man woman soldier civilian victim family protester demonstrator migrant refugee voter visitor tourist fan spectator customer user player member volunteer farmer fisherman driver adult person prisoner guest colleague contractor layoff redundancy job engineer nurse doctor sailor pensioner rescuer gunman fighter actor musician delegate lawmaker guard officer traveller commuter walker climber swimmer household";
const KINDS =
  `people>${PERSONS}|person>${PERSONS}|worker>employee staff miner nurse engineer driver teacher labourer contractor colleague|employee>worker staff people colleague|staff>employee worker people colleague member|animal>dog cat horse cow sheep bird whale elephant pig seal wolf bear turtle fish|` +
  "vehicle>car lorry bus truck van train tram|building>house home flat tower school hospital church shop|company>firm maker group publisher studio bank airline chain brewer retailer manufacturer developer|home>house flat household apartment|politician>minister lawmaker senator mp deputy mayor|" +
  "sportsman>player runner swimmer cyclist|weapon>gun rifle missile bomb knife|crop>wheat rice maize barley apple grape|ship>ferry tanker trawler boat|disaster>flood fire quake storm|scientist>biologist physicist chemist astronomer researcher geologist";

const groups = new Map<string, Set<number>>();
ALIKE.split("|").forEach((group, index) => {
  for (const word of group.split(" ")) {
    const base = baseOf(word);
    groups.set(base, (groups.get(base) ?? new Set()).add(index));
  }
});
const kinds = new Map<string, Set<string>>();
for (const kind of KINDS.split("|")) {
  const [general = "", particular = ""] = kind.split(">");
  kinds.set(baseOf(general), new Set(particular.split(" ").map((word) => baseOf(word))));
}

/** Whether a text may mean by its word what a question asks with `asked`; both as base forms. No ground for a claim's support. */
export function isAskedAs(asked: string, told: string): boolean {
  if (asked === told || areSynonyms(asked, told) || areRelated(asked, told)) return true;
  if (kinds.get(asked)?.has(told) === true) return true;
  const known = groups.get(told);
  if (known === undefined) return false;
  for (const group of groups.get(asked) ?? []) if (known.has(group)) return true;
  return false;
}
