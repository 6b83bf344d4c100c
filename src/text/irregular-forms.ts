// Irregular English forms and the base they belong to. Data for words.ts; no logic.

/** Inflected form -> base form. */
export const IRREGULAR = new Map<string, string>(
  (
    "say:said|tell:told|go:went,gone|come:came|take:took,taken|give:gave,given|get:got,gotten|make:made|find:found|" +
    "think:thought|know:knew,known|see:saw,seen|keep:kept|hold:held|bring:brought|begin:began,begun|leave:left|" +
    "feel:felt|mean:meant|meet:met|pay:paid|run:ran|stand:stood|understand:understood|lose:lost|win:won|" +
    "fall:fell,fallen|rise:rose,risen|grow:grew,grown|sell:sold|buy:bought|send:sent|spend:spent|build:built|" +
    "lend:lent|bend:bent|deal:dealt|lead:led|read:read|fight:fought|seek:sought|catch:caught|teach:taught|" +
    "strike:struck,stricken|shoot:shot|sit:sat|speak:spoke,spoken|break:broke,broken|choose:chose,chosen|" +
    "write:wrote,written|drive:drove,driven|ride:rode,ridden|fly:flew,flown|draw:drew,drawn|" +
    "withdraw:withdrew,withdrawn|throw:threw,thrown|overthrow:overthrew,overthrown|show:shown|eat:ate,eaten|" +
    "drink:drank,drunk|sink:sank,sunk|sing:sang,sung|swim:swam,swum|shake:shook,shaken|steal:stole,stolen|" +
    "freeze:froze,frozen|wear:wore,worn|tear:tore,torn|swear:swore,sworn|bear:bore,borne|forget:forgot,forgotten|" +
    "forbid:forbade,forbidden|forgive:forgave,forgiven|hide:hid,hidden|bite:bit,bitten|beat:beaten|become:became|" +
    "overcome:overcame|undergo:underwent,undergone|undertake:undertook,undertaken|overtake:overtook,overtaken|" +
    "mistake:mistook,mistaken|arise:arose,arisen|awake:awoke,awoken|wake:woke,woken|flee:fled|feed:fed|breed:bred|" +
    "bleed:bled|sleep:slept|sweep:swept|weep:wept|creep:crept|hear:heard|shine:shone|hang:hung|dig:dug|stick:stuck|" +
    "sting:stung|swing:swung|spin:spun|cling:clung|bind:bound|grind:ground|wind:wound|stride:strode|slide:slid|" +
    "light:lit|burn:burnt|learn:learnt|spell:spelt|spill:spilt|dream:dreamt|lie:lain,lying|die:died,dying|" +
    "dead:dead|tie:tied,tying|lay:laid|man:men|woman:women|child:children|foot:feet|tooth:teeth|" +
    "person:people,persons|life:lives|wife:wives|leaf:leaves|half:halves|thief:thieves|wolf:wolves|knife:knives|" +
    "crisis:crises|analysis:analyses|basis:bases|medium:media|datum:data|criterion:criteria|phenomenon:phenomena|" +
    "good:better,best|bad:worse,worst|far:further,furthest|be:is,are,was,were,been,being,am|have:has,had,having|" +
    "do:does,did,done,doing|shut:shutting|cut:cutting|put:putting|quit:quitting|plead:pled|prove:proven|saw:sawn|" +
    "forecast:forecasted|broadcast:broadcasted|foresee:foresaw,foreseen|oversee:oversaw,overseen|uphold:upheld|" +
    "withhold:withheld|withstand:withstood|rebuild:rebuilt|resell:resold|retake:retook,retaken|rethink:rethought|" +
    "mislead:misled|outgrow:outgrew|repay:repaid|foretell:foretold|slay:slew,slain|army:armies|ally:allies|" +
    "policeman:policemen|spokesman:spokesmen|spokeswoman:spokeswomen|gunman:gunmen|fisherman:fishermen|" +
    "lawmaker:lawmakers|succeed:succeeded,succeeding,succeeds|exceed:exceeded,exceeding,exceeds|proceed:proceeded,proceeding,proceeds|kneel:knelt|leap:leapt|ban:banned"
  )
    .split("|")
    .flatMap((entry) => {
      const [base = "", forms = ""] = entry.split(":");
      return forms.split(",").map((form): [string, string] => [form, base]);
    }),
);
