// Words that report opposite outcomes of one matter. Without them a check without a judge calls "raised" supported by a source that says "cut":
// 5 of 120 claims of tests/fixtures/check, their held half among them, were then told as supported though the source says the opposite.
import { baseOf } from "./words.ts";

const PAIRS = (
  "collapse/succeed collapse/hold collapse/recover fail/succeed fail/pass fail/work failure/success " +
  "deadlock/breakthrough deadlock/agree stall/advance stall/progress stall/resume unsuccessful/successful rise/fall " +
  "rise/drop rise/decline rise/decrease rise/plunge rise/sink rise/slip rise/slump rise/tumble climb/fall climb/drop " +
  "climb/decline climb/slip climb/slide gain/lose gain/loss gain/fall gain/drop soar/plunge soar/plummet soar/slump " +
  "soar/fall surge/plunge surge/slump surge/fall surge/drop surge/decline jump/fall jump/drop jump/plunge " +
  "increase/decrease increase/reduce increase/decline increase/fall increase/drop increase/cut increase/shrink " +
  "grow/shrink grow/decline grow/fall grow/contract growth/decline growth/contraction expand/shrink expand/contract " +
  "expand/reduce raise/lower raise/cut raise/reduce boost/cut boost/reduce boost/hurt boost/weaken double/halve " +
  "up/down higher/lower high/low more/fewer more/less most/least above/below over/under accept/reject accept/refuse " +
  "accept/decline accept/deny agree/refuse agree/disagree agree/reject agree/decline agreement/disagreement " +
  "approve/reject approve/veto approve/block approve/refuse approve/oppose approve/deny approval/rejection pass/reject " +
  "pass/block pass/defeat adopt/reject adopt/abandon endorse/reject endorse/oppose endorse/condemn welcome/reject " +
  "welcome/condemn welcome/criticise ratify/reject back/oppose back/reject back/block back/condemn support/oppose " +
  "support/reject support/condemn support/criticise favour/oppose favour/against for/against grant/deny grant/refuse " +
  "grant/reject uphold/overturn uphold/reject uphold/quash uphold/strike win/lose victory/defeat victory/loss " +
  "winner/loser win/loss triumph/defeat beat/lose defeat/win triumph/lose outperform/underperform open/close open/shut " +
  "reopen/close reopen/shut launch/end launch/cancel launch/halt start/end start/stop start/finish begin/end " +
  "begin/finish begin/stop begin/conclude resume/suspend resume/halt resume/stop resume/end continue/stop continue/end " +
  "continue/halt continue/suspend start/halt keep/scrap keep/drop keep/abandon extend/shorten extend/end extend/cut " +
  "prolong/shorten ban/allow ban/permit ban/legalise prohibit/allow prohibit/permit forbid/allow forbid/permit " +
  "outlaw/legalise block/allow block/permit allow/prevent allow/bar permit/bar lift/impose lift/maintain lift/extend " +
  "impose/remove legal/illegal legal/unlawful lawful/illegal beneficial/harmful lawful/unlawful legalise/criminalise enable/prevent restrict/ease tighten/ease " +
  "tighten/loosen tighten/relax strengthen/weaken strengthen/ease worsen/improve worsen/ease deteriorate/improve " +
  "improve/decline escalate/ease escalate/de-escalate deepen/ease intensify/ease confirm/deny confirm/dismiss " +
  "confirm/refute admit/deny acknowledge/deny accuse/clear accuse/exonerate accuse/praise convict/acquit convict/clear " +
  "guilty/innocent guilty/acquit condemn/praise condemn/applaud praise/criticise praise/blame praise/denounce " +
  "applaud/criticise hail/condemn hail/criticise blame/credit prove/disprove verify/refute true/false " +
  "correct/incorrect right/wrong accurate/inaccurate reveal/conceal disclose/conceal disclose/hide arrest/release " +
  "arrest/free detain/release detain/free jail/release jail/free jail/acquit imprison/free imprison/release " +
  "capture/release capture/free capture/lose seize/release kidnap/free charge/clear attack/defend attack/protect " +
  "attack/retreat advance/retreat invade/withdraw deploy/withdraw enter/leave enter/exit enter/withdraw arrive/depart " +
  "arrive/leave join/leave join/quit stay/leave remain/leave stay/quit remain/quit return/leave import/export " +
  "send/withdraw occupy/liberate surrender/resist create/destroy build/destroy build/demolish construct/demolish " +
  "rebuild/destroy repair/damage save/destroy add/cut add/remove add/lose hire/fire hire/dismiss hire/sack " +
  "appoint/dismiss appoint/sack appoint/remove elect/oust reinstate/sack reinstate/dismiss promote/demote " +
  "recruit/dismiss survive/die alive/dead live/die kill/save kill/rescue kill/spare born/die injure/heal " +
  "unharmed/injured unhurt/injured safe/dangerous safe/unsafe buy/sell purchase/sell lend/borrow earn/spend " +
  "profit/loss surplus/deficit invest/divest rich/poor wealthy/poor expensive/cheap cheaper/dearer overpaid/underpaid " +
  "first/last early/late earlier/later before/after past/future old/new oldest/newest oldest/youngest young/old " +
  "north/south east/west northern/southern eastern/western northeast/southwest northwest/southeast left/right " +
  "inside/outside upper/lower male/female man/woman boy/girl mother/father son/daughter brother/sister husband/wife " +
  "king/queen majority/minority public/private public/secret domestic/foreign local/foreign military/civilian " +
  "peace/war peaceful/violent calm/violent stable/unstable stability/instability hot/cold warm/cold wet/dry " +
  "strong/weak stronger/weaker fast/slow faster/slower quick/slow large/small larger/smaller largest/smallest " +
  "big/small bigger/smaller biggest/smallest long/short longer/shorter longest/shortest high/short highest/lowest " +
  "best/worst better/worse good/bad positive/negative optimistic/pessimistic optimism/pessimism hope/despair " +
  "confident/doubtful success/defeat popular/unpopular likely/unlikely possible/impossible able/unable " +
  "willing/unwilling common/rare full/empty known/unknown official/unofficial complete/incomplete fair/unfair " +
  "equal/unequal present/absent visible/invisible sufficient/insufficient enough/insufficient adequate/inadequate " +
  "significant/insignificant healthy/unhealthy happy/unhappy love/hate trust/distrust trust/mistrust " +
  "respect/disrespect obey/disobey obey/defy comply/defy comply/violate honour/violate respect/violate observe/violate " +
  "keep/break honour/breach encourage/discourage persuade/dissuade attract/repel include/exclude included/excluded " +
  "unite/divide united/divided unity/division connect/disconnect attach/detach qualify/disqualify appear/disappear " +
  "like/dislike ally/enemy friend/enemy friend/foe ally/rival hire/lay secure/threaten protect/threaten help/hinder " +
  "help/hurt help/harm benefit/harm benefit/hurt assist/obstruct cooperate/obstruct simplify/complicate always/never " +
  "everyone/nobody everybody/nobody everything/nothing all/none all/no some/none both/neither either/neither " +
  "anyone/nobody often/rarely often/seldom frequently/rarely usually/rarely sometimes/never delay/accelerate " +
  "delay/hasten postpone/hold cancel/hold cancel/confirm speed/slow accelerate/slow abandon/continue scrap/approve " +
  "scrap/launch reverse/maintain maintain/abandon maintain/change demand/waive voluntary/forced voluntary/mandatory " +
  "mandatory/optional compulsory/optional temporary/permanent partial/full partly/fully indoor/outdoor " +
  "conservative/liberal democratic/authoritarian left-wing/right-wing overt/covert offensive/defensive minor/major " +
  "minimum/maximum minimal/substantial inflow/outflow inbound/outbound ceasefire/fighting truce/fighting truce/war " +
  "ceasefire/offensive reward/punish reward/penalise pardon/punish pardon/convict forgive/punish widen/narrow " +
  "broaden/narrow deep/shallow heavy/light thick/thin bright/dark day/night summer/winter spring/autumn urban/rural " +
  "ancient/modern senior/junior elder/younger single/married employed/unemployed employment/unemployment " +
  "literate/illiterate armed/unarmed inflation/deflation recession/growth recession/boom recovery/collapse " +
  "upturn/downturn upgrade/downgrade bullish/bearish overestimate/underestimate overvalued/undervalued exceed/miss " +
  "meet/miss beat/miss hit/miss"
).split(" ");

const opposites = new Map<string, Set<string>>();
for (const pair of PAIRS) {
  const [one = "", other = ""] = pair.split("/").map(baseOf);
  opposites.set(one, (opposites.get(one) ?? new Set()).add(other));
  opposites.set(other, (opposites.get(other) ?? new Set()).add(one));
}

/** Whether two base forms (see `baseOf`) say opposite things of the same matter. */
export const areOpposite = (base: string, other: string): boolean => opposites.get(base)?.has(other) === true;
