// Words that news texts use for the same thing, light and one-directional in nothing. Pure; English.
import { baseOf } from "./words.ts";

const GROUPS =
  "lead leader head run chair|author write writer|make produce manufacture|say tell state note add remark declare announce comment explain report mention claim assert insist maintain write argue stress emphasise underline warn suggest acknowledge|" +
  "kill die dead death slay murder fatal fatality perish lethal deadly|injure wound hurt injury|talk negotiation discussion dialogue meeting negotiate discuss|meet gather convene|" +
  "agreement deal accord pact treaty|agree accept consent|attack assault strike raid offensive|bomb blast explosion explode detonate|fight battle combat clash conflict war|soldier troop serviceman military army forces|" +
  "police officer constable|official authority|government administration cabinet|leader chief head boss|president head|minister secretary|lawmaker legislator deputy parliamentarian mp senator|" +
  "law legislation bill act|court tribunal judge|ruling verdict judgment judgement decision|sentence jail imprison prison|arrest detain custody apprehend detention|suspect accused|" +
  "increase rise grow climb jump surge soar gain raise growth boost|decrease fall drop decline decrease reduce sink slide slip plunge cut lower shrink reduction|begin start launch commence open|end finish conclude stop halt cease terminate|" +
  "collapse fail failure breakdown unravel|succeed success successful|win victory triumph|lose defeat loss|help aid assist assistance support relief|back support endorse favour|oppose reject resist|reject refuse decline rebuff turn|" +
  "approve pass adopt endorse ratify|ban prohibit forbid outlaw bar|allow permit let enable|need require demand|demand call urge request ask appeal want|order command instruct direct|accuse blame allege|deny dismiss refute|" +
  "show reveal indicate demonstrate disclose|find discover detect|see witness watch observe|believe think consider|plan intend aim scheme project|try attempt seek|get receive obtain acquire|give provide supply grant offer hand deliver|" +
  "buy purchase acquire|sell sale|cost price|money fund cash funding finance|company firm business corporation enterprise|worker employee staff|job work employment post position|" +
  "build construct construction erect|destroy demolish ruin wreck devastate|damage harm|house home residence|road street highway|car vehicle automobile|plane aircraft jet airplane|ship vessel boat|train rail railway|" +
  "child kid youngster|man guy|boy lad|girl lass|mother mum mom|father dad|people person resident citizen inhabitant|victim casualty|family relative|pupil student|doctor physician medic|teacher educator|" +
  "sick ill unwell|illness disease sickness|hospital clinic|medicine drug medication|vote ballot poll election|elect choose select pick|candidate contender nominee|party faction|group organisation organization body|militant insurgent rebel fighter gunman|" +
  "border frontier|country nation state|city town|village hamlet|area region zone district|north northern|south southern|east eastern|west western|big large huge major massive great|small little minor tiny|quick fast rapid swift|important key crucial vital significant|" +
  "difficult hard tough|danger risk threat threaten|problem issue trouble difficulty|crisis emergency|storm hurricane cyclone typhoon|flood flooding|fire blaze wildfire|earthquake quake tremor|weapon arm gun|" +
  "leave depart exit|arrive reach come|return|flee escape|move shift relocate|send dispatch|bring carry|travel journey trip visit|stay remain|keep retain|hold stage host|join|create establish set found form|close shut|" +
  "happen occur take|cause lead trigger prompt spark|because due owing|use employ utilise|know aware|change alter amend modify|delay postpone defer|cancel scrap abandon drop|resign quit step leave|replace succeed|appoint name nominate|" +
  "ceasefire truce armistice|peace|protest demonstrate demonstration rally march|protester demonstrator|strike walkout stoppage|reporter journalist|newspaper paper daily|statement communique|interview|opinion view|expert analyst specialist|scientist researcher|study research|" +
  "year annual|month monthly|week weekly|day daily|former ex past|current present|new fresh|recent recently|last previous|next following|about roughly approximately around|nearly almost|early|total overall|average mean|half|double twice|triple|many numerous several|" +
  "football soccer|match game fixture|player footballer|team side squad club|coach manager|score goal net|film movie|actor star|singer musician|phone mobile cellphone|internet online web|email message|photo photograph picture image|video footage|" +
  "farmer grower|crop harvest|food|water|oil crude petroleum|gas|electricity power|energy|tax levy duty|tariff duty|trade commerce|export|import|bank lender|loan credit|debt|budget|spend expenditure spending|profit earnings|revenue income sales|share stock|investor shareholder|" +
  "rescue save|search hunt|missing disappear vanish|crash accident collision collide|shoot fire gunfire|stab knife|steal rob theft robbery|crime offence offense|investigate probe inquiry investigation|evidence proof|trial hearing case|lawyer attorney solicitor barrister|" +
  "refugee migrant displaced|asylum|hostage captive|prisoner inmate detainee|terrorism terror militancy terrorist extremism|religion faith|church|school college|university|assure guarantee pledge promise vow|commitment pledge|condemn denounce criticise slam|praise applaud hail welcome|" +
  "relation tie link|partner ally|enemy foe|neighbour|foreign overseas abroad|international global worldwide|local|national|security safety safe|control curb restrain contain|crackdown|impose|sanction penalty|fine penalty|ease relax loosen|tighten|extend prolong lengthen|restore resume reinstate|repair fix mend|" +
  "close closure|choose choice|seize seizure|decide decision|invade invasion|admit admission|bury burial|deny denial|divide division|merge merger|expel expulsion|break breach|fail failure|lorry truck|beat defeat overcome|inspect examine check|" +
  "hit strike slam|post upload publish release issue|daughter son child baby|hide conceal|shout yell|answer reply respond response|gather collect assemble|hire employ recruit|sack dismiss fire|top exceed surpass|finish complete|unveil present reveal introduce|file submit lodge|sue prosecute|suspend pause interrupt|free release liberate rescue|recall withdraw pull|warn caution alert|confirm verify|predict forecast expect anticipate|worry concern fear afraid anxious|hope wish|dispute contest challenge|dispute row quarrel argument|settle resolve solve|award prize|" +
  "carry transport haul ferry|rent lease let|flat apartment|building structure|harbour port dock|quay wharf|bus coach|airport airfield|driver motorist|passenger traveller|tourist visitor guest|shop store|shopper customer consumer client|factory plant mill|boss chief head executive|workforce personnel staff|wage pay salary|raise hike|cut trim slash|turnover revenue|gain profit|deficit shortfall|subsidy grant aid|donate give contribute|donation gift contribution|poll survey|voter elector|council assembly|parliament assembly legislature|king monarch|envoy ambassador diplomat|missile rocket|shell bombard|flee escape|chase pursue|seize confiscate capture take|body corpse remains|" +
  "vaccine jab inoculation|outbreak epidemic|discover uncover|probe spacecraft|rain rainfall downpour|snow snowfall|landslide mudslide landslip|shelter refuge|blackout outage|song track tune|book novel|painting canvas|painter artist|exhibit display exhibition show|concert gig performance|title championship trophy crown|fan supporter|crowd audience spectator|stadium arena|rival opponent competitor|draw tie|bicycle bike|ill sick|error mistake fault|blame fault|chief main principal|buyer purchaser|seller vendor|thief robber burglar|burgle rob|lift raise|topple overthrow oust|rule govern|ruler monarch|aim goal target|target objective|method way technique|share portion|piece part|parcel package|cargo freight|wrong incorrect mistaken|illegal unlawful|permit licence license|ticket fare|price fee charge|garden park|forest wood woodland|stream river|coast shore seaside|hill mountain|valley|lake reservoir|" +
  "farm|cow cattle|hen chicken poultry|seed|tourism|meal food|drink beverage|car automobile|attend join|invite|honour celebrate commemorate|anniversary jubilee|praise laud commend|examine study analyse|explain clarify|describe depict portray|translate|teach instruct train|learn|fewer less|pupil student|lesson class|degree diploma|salary pay|worry concern unease anxiety alarm|rebuild reconstruct reconstruction|hacker attacker intruder";

const groups = new Map<string, Set<number>>();
GROUPS.split("|").forEach((group, index) => {
  for (const word of group.split(" ")) {
    const base = baseOf(word);
    const known = groups.get(base);
    if (known === undefined) groups.set(base, new Set([index]));
    else known.add(index);
  }
});

/** Whether two base forms (see `baseOf`) may stand for each other in a report: kill and die, talks and negotiations. */
export function areSynonyms(baseA: string, baseB: string): boolean {
  if (baseA === baseB) return true;
  const [a, b] = [groups.get(baseA), groups.get(baseB)];
  if (a === undefined || b === undefined) return false;
  for (const group of a) if (b.has(group)) return true;
  return false;
}

/** Whether a text may mean by its word what a question asks with the other; both as base forms. */
export const areAlike = (asked: string, told: string): boolean => areSynonyms(asked, told) || areRelated(asked, told);

/** Whether two base forms share their root as noun, verb and adjective do: negotiate and negotiation, Afghan is not Africa. */
export function areRelated(baseA: string, baseB: string): boolean {
  if (baseA === baseB) return true;
  const [short, long] = baseA.length < baseB.length ? [baseA, baseB] : [baseB, baseA];
  if (short.length < 4) return false;
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared += 1;
  return shared >= 5 && short.length - shared <= 2 && long.length - shared <= 5 && shared >= long.length * 0.55;
}
