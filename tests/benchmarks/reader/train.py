"""Trains the reader of src/models/bundled: a question, what stands around a sentence, and the sentence, to how surely it answers. Claims to support or
contradict are learned beside it; of the model that is exported only the answers are asked. See README.md beside this file for the data and for what was run. Needs torch, transformers, onnx, onnxruntime.

    python train.py prepare [--qamr F] [--selqa F] [--fairytale F]   rows.jsonl and claims.jsonl
    python train.py weights --base FOLDER --out FILE   weights to go on from, out of the reader as it stands
    python train.py fit --base FOLDER --out FILE [--start FILE] [--stage 1..6] [--minutes N]
    python train.py export --base FOLDER --start FILE --out reader_int8.onnx
"""

import argparse
import collections
import csv
import glob
import gzip
import json
import math
import os
import random
import re
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = {"asked": 40, "context": 32, "sentence": 110}
STOP = set(
    "a an the of to in on at for by with and or is was are were be been did do does has have had it its he she they his her their that this as from "
    "who what when where why how which many much not".split()
)
R = random.Random(7)


def words(text):
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in STOP]


def shared(a, b):
    return len(set(words(a)) & set(words(b)))


NAMED = re.compile(r"(?<![\w.])[A-Z][\w’'-]+(?: (?:of|the|de|van|von|al|bin) [A-Z][\w’'-]+| [A-Z][\w’'-]+)*")
NO_NAME = set(
    "Who What When Where Why How Which Did Does Do Is Was Were Are Has Have Had Can Could Will Would In On At By For The A An To From Of And Please Tell If "
    "Since After Before According During Whose Whom Under With Should May Might January February March April June July August September October November "
    "December Monday Tuesday Wednesday Thursday Friday Saturday Sunday I".split()
)


def names_of(text):
    """Runs of capitalised words, without the question word in front of them."""
    found = []
    for hit in NAMED.finditer(text):
        parts = hit.group().split(" ")
        while parts and parts[0] in NO_NAME:
            parts = parts[1:]
        if parts and parts[0][0].isupper():
            found.append(" ".join(parts))
    return found


def swapped(question, around, others):
    """The question with one of its names, which stands around the sentence, put for another: the sentence no longer answers. None where it has none."""
    named = [name for name in names_of(question) if any(part in around for part in name.split())]
    if not named:
        return None
    old = R.choice(named)
    alike = [name for name in others if abs(len(name.split()) - len(old.split())) < 2 and not set(name.split()) & set(old.split())]
    return question.replace(old, R.choice(alike)) if alike else None


class Nearest:
    """Texts by the rare words that they share with a question."""

    def __init__(self, texts):
        self.texts, self.holding = texts, collections.defaultdict(list)
        for at, text in enumerate(texts):
            for word in set(words(text)):
                self.holding[word].append(at)

    def to(self, question, wanted, most):
        weights = collections.Counter()
        for word in set(words(question)):
            holding = self.holding.get(word, ())
            for at in holding if len(holding) < len(self.texts) / 12 else ():
                weights[at] += math.log(len(self.texts) / len(holding))
        return [at for at, _ in weights.most_common(20 + 8 * most) if wanted(at)][:most]


def lines_of(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as lines:
        return [json.loads(line) for line in lines]


# -- Questions: {"q", "set", "title", "of": [[context, sentence, answers?, span of the answer or null]]}


def stretch(text, at, joined=0.0):
    """Title and sentence before, and the sentence; now and then with the sentence before it, as the program joins what leans on that one."""
    title, sentences = text["title"], text["sentences"]
    if at == 0 or R.random() >= joined:
        return [f"{title}. {sentences[at - 1] if at else ''}", sentences[at]]
    return [f"{title}. {sentences[at - 2] if at > 1 else ''}", f"{sentences[at - 1]} {sentences[at]}"]


def right_one(text, at, answer):
    context, sentence = stretch(text, at, 0.2)
    found = sentence.find(answer) if answer else -1
    return [context, sentence, 1, [found, found + len(answer)] if found >= 0 else None]


def from_texts():
    """Own texts. Wrong sentences: the one that shares most words with the question, any other one, and the nearest of other texts; and right ones under
    another name."""
    texts = lines_of(os.path.join(HERE, "texts.jsonl.gz"))
    places = [(text, at) for text in texts for at in range(len(text["sentences"]))]
    elsewhere = Nearest([text["sentences"][at] for text, at in places])
    wholes = [f"{text['title']} {' '.join(text['sentences'])}" for text in texts]
    alike = Nearest(wholes)
    for text, whole in zip(texts, wholes):
        title, sentences = text["title"], text["sentences"]

        def nearest(question, but):
            rest = [at for at in range(len(sentences)) if at not in but]
            return sorted(rest, key=lambda at: R.random() * 0.5 - shared(question, sentences[at]))

        def of_others(question, most):
            named = [name.lower() for name in names_of(question)]
            if not named:
                return []

            def wanted(place):
                other, at = places[place]
                return other is not text and not any(name in f"{other['title']} {other['sentences'][at]}".lower() for name in named)

            return [[*stretch(*places[place], 0.1), 0, None] for place in elsewhere.to(question, wanted, most)]

        kin = alike.to(f"{title} {' '.join(sentences[:3])}", lambda at: texts[at] is not text, 6)
        others = [name for at in kin for name in names_of(wholes[at]) if name not in whole]
        for asked in text["qa"]:
            right = [at for at in asked["s"] if at < len(sentences)]
            if not right:
                continue
            of = [right_one(text, at, asked.get("a") if at == right[0] else None) for at in right[:2]]
            wrong = nearest(asked["q"], right)
            of += [[*stretch(text, at, 0.0 if at - 1 in right else 0.15), 0, None] for at in wrong[:1] + R.sample(wrong[1:], 1)]
            of += of_others(asked["q"], R.choice([1, 1, 2]))
            yield {"q": asked["q"], "set": "own", "title": title, "of": of}
            other = swapped(asked["q"], " ".join(of[0][:2]), others)
            if other and R.random() < 0.45:
                of = [[*of[0][:2], 0, None], [*stretch(text, wrong[0]), 0, None]]
                yield {"q": other, "set": "own", "title": title, "of": of, "swapped": True}
        for question in text["no"]:
            wrong = nearest(question, [])
            of = [[*stretch(text, at), 0, None] for at in wrong[:2] + R.sample(wrong[2:], 1)]
            yield {"q": question, "set": "own", "title": title, "of": of + of_others(question, 1)}


def from_families():
    """Own families of four texts: an event, the same by another house in other words, another event of the same people, another matter of the kind."""
    families = lines_of(os.path.join(HERE, "families.jsonl.gz"))
    for number, family in enumerate(families):
        texts = family["texts"]
        title = texts[0]["title"]
        places = [(of, at) for of, text in enumerate(texts) for at in range(len(text["sentences"]))]
        around = [families[number - 1], families[(number + 1) % len(families)]]
        others = [name for near in around for text in near["texts"] for name in names_of(" ".join(text["sentences"]))]

        def nearest(question, but):
            def order(place):
                text, sentence = texts[place[0]], texts[place[0]]["sentences"][place[1]]
                return R.random() * 1.5 - shared(question, f"{text['title']} {sentence}") - shared(question, sentence)

            return sorted((place for place in places if place not in but), key=order)

        for asked in family["qa"]:
            right = [tuple(map(int, place.split("."))) for place in asked["at"]]
            told = right[:1] + R.sample(right[1:], min(2, len(right) - 1))
            of = [right_one(texts[text], at, asked["a"] if place == 0 else None) for place, (text, at) in enumerate(told)]
            wrong = nearest(asked["q"], right)
            first, rest = wrong[:2], wrong[2:]
            far = [place for place in rest if place[0] > 1]
            for text, at in dict.fromkeys(first + R.sample(far, min(1, len(far))) + R.sample(rest, 1)):
                of.append([*stretch(texts[text], at, 0.0 if (text, at - 1) in right else 0.15), 0, None])
            yield {"q": asked["q"], "set": "families", "title": title, "of": of}
            other = swapped(asked["q"], " ".join(of[0][:2]), others)
            if other and R.random() < 0.4:
                yield {"q": other, "set": "families", "title": title, "of": [[*of[0][:2], 0, None]], "swapped": True}
        for question in family["no"]:
            wrong = nearest(question, [])
            of = [[*stretch(texts[text], at, 0.1), 0, None] for text, at in wrong[:3] + R.sample(wrong[3:], 1)]
            yield {"q": question, "set": "families", "title": title, "of": of}


def from_qamr(folder):
    """Questions about single sentences of Wikipedia and Wikinews; wrong: sentences that share rare words, or the same page's."""

    def written(tokens):
        back = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
        text, places, is_open, last = "", [], False, None
        closing = {",", ".", "?", "!", ";", ":", ")", "]", "%", "'s", "n't", "'", "'re", "'ve", "'ll", "'d", "'m"}
        for token in (back.get(one, one) for one in tokens):
            glued = last is None or token in closing or last in {"(", "[", "$", "£", "€"} or (is_open and '"' in (token, last))
            text += "" if glued else " "
            places.append((len(text), len(text) + len(token)))
            text += token
            is_open ^= token == '"'
            last = token
        return text, places

    pages = collections.defaultdict(list)
    sentences = {}
    for line in open(os.path.join(folder, "wiki-sentences.tsv"), encoding="utf-8"):
        key, _, text = line.rstrip("\n").partition("\t")
        sentences[key] = written(text.split(" "))
        pages[key.rsplit(":", 2)[0]].append(key)
    holding = collections.defaultdict(set)
    for key, (text, _) in sentences.items():
        for word in set(words(text)):
            holding[word].add(key)
    asked = collections.defaultdict(dict)
    for part in ("dev", "test"):
        for line in open(os.path.join(folder, f"filtered/{part}.tsv"), encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            if len(re.findall(r"[a-z0-9]+", fields[5].lower())) >= 3:
                asked[fields[0]].setdefault(" ".join(sorted(words(fields[5]))), (fields[5].strip(), [int(n) for n in fields[6].split()]))
    for key, questions in asked.items():
        text, places = sentences[key]
        others = [other for other in pages[key.rsplit(":", 2)[0]] if other != key]
        for question, tokens in R.sample(list(questions.values()), min(16, len(questions))):
            if max(tokens) >= len(places):
                continue
            weights = collections.Counter()
            for word in set(words(question)):
                for other in holding[word] if len(holding[word]) < 400 else ():
                    weights[other] += math.log(len(sentences) / len(holding[word]))
            near = [other for other, _ in weights.most_common(4) if other != key]
            wrong = near[: R.random() < 0.6] + (R.sample(others, 1) if others and R.random() < 0.4 else [])
            of = [["", text, 1, [places[min(tokens)][0], places[max(tokens)][1]]]]
            yield {"q": question, "set": "qamr", "of": of + [["", sentences[other][0], 0, None] for other in dict.fromkeys(wrong)]}


def from_selqa(folder):
    """Questions over sections of Wikipedia with the sentences that answer them."""
    for part in ("dev", "test"):
        for one in json.load(open(os.path.join(folder, f"ass/selqa-ass-{part}.json"), encoding="utf-8")):
            sentences, question = one["candidates"], one["question"]
            rest = [at for at in range(len(sentences)) if at not in one["answers"]]
            rest.sort(key=lambda at: R.random() - shared(question, sentences[at]))
            title = f"{one['article']}: {one['section']}. "
            picked = one["answers"][:2] + rest[:3] + R.sample(rest[3:], min(1, len(rest[3:])))
            of = [[title + (sentences[at - 1] if at else ""), sentences[at], int(at in one["answers"]), None] for at in picked]
            yield {"q": question, "set": "selqa", "of": of}


def from_fairytale(folder):
    """Questions over fairy tales whose answer stands in one paragraph: the sentence that holds most of the answer's words."""
    root = os.path.join(folder, "data-by-train-split")
    for path in sorted(glob.glob(os.path.join(root, "questions/*/*.csv"))):
        name = os.path.basename(path).replace("-questions.csv", "")
        tale = os.path.join(os.path.dirname(path).replace("questions", "section-stories"), f"{name}-story.csv")
        if not os.path.exists(tale):
            continue
        sections = {row["section"]: row["text"] for row in csv.DictReader(open(tale, encoding="utf-8", errors="replace"))}
        for row in csv.DictReader(open(path, encoding="utf-8", errors="replace")):
            text = sections.get(row["cor_section"].strip())
            wanted = set(words(row["answer1"]))
            if row["local-or-sum"] != "local" or row["ex-or-im1"] != "explicit" or text is None or not wanted:
                continue
            cut = re.split(r"(?<=[.!?])\s+|(?<=[.!?][\"”’])\s+", text.replace("\n", " "))
            sentences = [one.strip() for one in cut if one.strip()]
            held = [len(wanted & set(words(one))) / len(wanted) for one in sentences]
            best = max(range(len(sentences)), key=lambda at: (held[at], shared(row["question"], sentences[at]), -at))
            if len(sentences) < 3 or held[best] < 0.75:
                continue
            answer = row["answer1"].strip().rstrip(".")
            found = sentences[best].lower().find(answer.lower())
            rest = [at for at in range(len(sentences)) if at != best and held[at] < 0.5]
            rest.sort(key=lambda at: R.random() * 0.5 - shared(row["question"], sentences[at]))

            def line(at, right, span=None):
                return [f"{name.replace('-', ' ')}. {sentences[at - 1] if at else ''}", sentences[at], right, span]

            of = [line(best, 1, [found, found + len(answer)] if found >= 0 else None)]
            of += [line(at, 0) for at in rest[:1] + R.sample(rest[1:], min(1, len(rest[1:])))]
            yield {"q": row["question"], "set": "fairytale", "of": of}


# -- Claims: {"c", "v": 0 supported, 1 contradicted, 2 not stated, "title", "ctx", "t"}


def claims():
    texts = lines_of(os.path.join(HERE, "texts.jsonl.gz"))
    for written in lines_of(os.path.join(HERE, "claims.jsonl.gz")):
        text = texts[written["text"]]
        sentences = text["sentences"]

        def row(claim, verdict, at):
            context = f"{text['title']}. {sentences[at[0] - 1] if at[0] else ''}"
            return {"c": claim, "v": verdict, "title": text["title"], "ctx": context, "t": " ".join(sentences[n] for n in at)}

        for one in written["claims"]:
            at = sorted(n for n in one["s"] if n < len(sentences))[:2]
            if not at:
                continue
            yield row(one["c"], "scn".index(one["v"]), at)
            if one["v"] != "n" and R.random() < 0.25:
                yield row(one["c"], 2, [R.choice([n for n in range(len(sentences)) if n not in at])])
    yield from repeated(texts)


NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d(?![\w.])")
DAY = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")


def repeated(texts):
    """What shares most words must not look like a lie: sentences as they stand or shortened, and the same with one value of the text put for another."""
    for text in texts:
        title, sentences = text["title"], text["sentences"]
        whole = " ".join(sentences)
        pool = {kind: sorted(set(kind.findall(whole))) for kind in (NUMBER, DAY, NAME)}
        pool[DAY] += ["March", "October", "Tuesday", "Friday"]

        def row(claim, verdict, at, more=False):
            context = f"{title}. {sentences[at - 1] if at else ''}"
            said = " ".join(sentences[at : at + 2]) if more and at + 1 < len(sentences) else sentences[at]
            return {"c": claim, "v": verdict, "title": title, "ctx": context, "t": said}

        order = R.sample(range(len(sentences)), len(sentences))
        for at in order[:4]:
            kind, parts = R.choice(["same", "short", "two"]), sentences[at].split(", ")
            short = ", ".join(parts[:-1]) + "." if kind == "short" and len(parts) > 1 and len(parts[0]) > 25 else sentences[at]
            yield row(short, 0, at, kind == "two")
        changed = 0
        for at in order:
            for kind in R.sample([NUMBER, DAY, NAME], 3) if changed < 4 else []:
                found = list(kind.finditer(sentences[at]))
                hit = R.choice(found) if found else None
                others = [one for one in pool[kind] if hit and one not in sentences[at]]
                if hit and others:
                    lie = sentences[at][: hit.start()] + R.choice(others) + sentences[at][hit.end() :]
                    yield row(lie, 1, at, R.random() < 0.3)
                    changed += 1
                    break
        yield row(sentences[order[0]], 2, order[1])


# -- Model


def build(base, start=None):
    import torch
    from torch import nn
    from transformers import BertModel

    class Reader(nn.Module):
        def __init__(self):
            super().__init__()
            self.b = BertModel.from_pretrained(base, add_pooling_layer=False)
            self.c = nn.Linear(384, 1)  # answers
            self.s = nn.Linear(384, 2)  # where the answer stands; helps the training alone
            self.v = nn.Linear(384, 3)  # of a claim: supported, contradicted, not stated; likewise

        def forward(self, ids, mask, types):
            hidden = self.b(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
            return self.c(hidden[:, 0]).squeeze(-1), self.s(hidden), self.v(hidden[:, 0])

    torch.manual_seed(1)
    model = Reader()
    if start:
        model.load_state_dict(torch.load(start), strict=False)
    for parameter in model.b.embeddings.word_embeddings.parameters():
        parameter.requires_grad = False
    return model


def encoder(base):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(os.path.join(base, "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def encode(asked, context, sentence, span=None):
        first = tokenizer.encode(asked, add_special_tokens=False).ids[: MOST["asked"]]
        around = tokenizer.encode(context, add_special_tokens=False).ids[: MOST["context"]] if context else []
        read = tokenizer.encode(sentence, add_special_tokens=False)
        ids = [101, *first, 102, *around, 102]
        at = len(ids)
        tokens = read.ids[: MOST["sentence"]]
        hit = [n for n, (a, b) in enumerate(read.offsets[: len(tokens)]) if span and a < span[1] and b > span[0] and b > a]
        ends = (at + hit[0], at + hit[-1]) if hit else (-100, -100)
        return [*ids, *tokens, 102], [0] * at + [1] * (len(tokens) + 1), ends

    return encode


def padded(rows):
    import torch

    length = max(len(row[0]) for row in rows)
    ids, mask, types = (torch.zeros(len(rows), length, dtype=torch.long) for _ in range(3))
    for at, row in enumerate(rows):
        size = len(row[0])
        ids[at, :size], mask[at, :size], types[at, :size] = torch.tensor(row[0]), 1, torch.tensor(row[1])
    return ids, mask, types


STAGES = {  # times of each set, learning rate, share of the rate that is gone at the end, claims
    1: ({"qamr": 1, "selqa": 1, "fairytale": 1}, 8e-5, 0.6, False),
    2: ({"qamr": 0.2, "selqa": 1, "fairytale": 0.4, "own": 1}, 7e-5, 0.4, True),
    3: ({"qamr": 0.1, "selqa": 0.8, "fairytale": 0.2, "own": 1}, 9e-5, 1, True),
    4: ({"qamr": 0.1, "selqa": 0.6, "fairytale": 0.15, "own": 1}, 6e-5, 0.5, False),
    5: ({"qamr": 0.05, "selqa": 0.3, "fairytale": 0.1, "own": 0.35, "families": 1}, 5e-5, 0.5, False),
    6: ({"qamr": 0.05, "selqa": 0.4, "fairytale": 0.1, "own": 0.45, "families": 1.2}, 4e-5, 1, False),
}
OWN = {"own", "families"}


def held_out(title):
    """One text in ten is kept for the figures that the training prints."""
    return sum(map(ord, title)) % 10 == 0


def fit(arguments):
    import torch
    from torch import nn
    from torch.nn import functional as F

    encode = encoder(arguments.base)
    shares, rate, falls, with_claims = STAGES[arguments.stage]
    rows = lines_of("rows.jsonl")
    held = [one for one in rows if one["set"] in OWN and held_out(one["title"])]
    train = [one for one in rows if one["set"] not in OWN or not held_out(one["title"])]
    stated = lines_of("claims.jsonl") if with_claims else []
    model = build(arguments.base, arguments.start)
    model.train()
    free = [parameter for parameter in model.parameters() if parameter.requires_grad]
    body = [parameter for name, parameter in model.named_parameters() if parameter.requires_grad and name.startswith("b.")]
    heads = [*model.c.parameters(), *model.s.parameters(), *model.v.parameters()]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": rate * 8}], weight_decay=0.01)
    began, seconds = time.time(), arguments.minutes * 60

    def step(loss, left):
        for group, full in zip(optimizer.param_groups, (rate, rate * 8)):
            group["lr"] = full * left
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(free, 1.0)
        optimizer.step()

    done, spent = 0, 0.0
    while spent < 1:
        groups = []
        for one in train:
            share = shares.get(one["set"], 0)
            for _ in range(int(share) + (R.random() < share % 1)):
                question = one["q"].rstrip("?").lower() if R.random() < 0.15 else one["q"]
                # what stands around is left away now and then, where nothing hangs on it
                bare = one["set"] != "families" and "swapped" not in one and R.random() < 0.12
                groups.append([(*encode(question, "" if bare else context, text, span), right) for context, text, right, span in one["of"]])
        told = [[(*encode(c["c"], "" if R.random() < 0.15 else c["ctx"], c["t"]), c["v"])] for c in stated if not held_out(c["title"])]
        batches = [(of, "claims") for of in batched(told)] + [(of, "questions") for of in batched(groups)]
        R.shuffle(batches)
        for of, kind in batches:
            spent = (time.time() - began) / seconds
            if spent >= 1:
                break
            rows = [row for group in of for row in group]
            answers, ends, verdict = model(*padded(rows))
            labels = torch.tensor([row[3] for row in rows])
            if kind == "claims":
                loss = F.cross_entropy(verdict, labels)
            else:
                loss = F.binary_cross_entropy_with_logits(answers, labels.float()) + 0.4 * in_front(answers, labels, of)
                for at in (0, 1):
                    wanted = torch.tensor([row[2][at] for row in rows])
                    if (wanted >= 0).any():
                        loss = loss + 0.15 * F.cross_entropy(ends[..., at], wanted, ignore_index=-100)
            step(loss, min(1, (done + 1) / 100) * max(0.02, 1 - falls * spent))
            done += 1
            if done % 200 == 0:
                print(done, f"{spent:.2f}", f"{loss.item():.3f}", flush=True)
    torch.save(model.state_dict(), arguments.out)
    report(model, encode, held, [one for one in stated if held_out(one["title"])])


def in_front(answers, labels, groups):
    """Of each question the right sentences before the wrong ones."""
    losses, at = [], 0
    for group in groups:
        scores, right = answers[at : at + len(group)], labels[at : at + len(group)] > 0
        at += len(group)
        if 0 < right.sum() < len(group):
            losses.append(scores.logsumexp(0) - scores[right].logsumexp(0))
    return sum(losses) / max(1, len(losses))


def batched(groups, size=26):
    """Groups of alike lengths, at most `size` rows together."""
    R.shuffle(groups)
    for at in range(0, len(groups), 600):
        batch = []
        for group in sorted(groups[at : at + 600], key=lambda group: max(len(row[0]) for row in group)):
            if sum(map(len, batch)) + len(group) > size and batch:
                yield batch
                batch = []
            batch.append(group)
        yield batch


def report(model, encode, questions, stated):
    import torch

    model.eval()
    with torch.no_grad():
        for name in sorted(OWN):
            best = []
            for one in (one for one in questions if one["set"] == name):
                scores = model(*padded([encode(one["q"], context, sentence) for context, sentence, _, _ in one["of"]]))[0]
                kind = "swapped" if "swapped" in one else "answered" if any(right for _, _, right, _ in one["of"]) else "not"
                best.append((float(scores.max()), kind, one["of"][int(scores.argmax())][2]))
            right = [hit for _, kind, hit in best if kind == "answered"]
            print(name, "sentence that answers in front:", sum(right) / max(1, len(right)), "of", len(right))
            for other in ("not", "swapped"):
                pairs = [a > b for a, kind, _ in best if kind == "answered" for b, kind, _ in best if kind == other]
                print(name, f"answered above {other}:", sum(pairs) / max(1, len(pairs)))
        verdicts = [int(model(*padded([encode(c["c"], c["ctx"], c["t"])]))[2].argmax()) == c["v"] for c in stated]
        print("verdicts right:", sum(verdicts) / max(1, len(verdicts)), "of", len(verdicts))


def export(arguments):
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = build(arguments.base, arguments.start)
    model.eval()

    class Answers(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask, token_type_ids):
            return self.model(input_ids, attention_mask, token_type_ids)[0]

    ids = torch.randint(100, 2000, (1, 40))
    names = ["input_ids", "attention_mask", "token_type_ids"]
    whole = arguments.out + ".fp32"
    axes = {name: {0: "rows", 1: "tokens"} for name in names}
    inputs = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    torch.onnx.export(
        Answers(), inputs, whole, input_names=names, output_names=["answers"], dynamic_axes=axes, opset_version=17, dynamo=False
    )
    quantize_dynamic(whole, arguments.out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    os.remove(whole)


def weights(arguments):
    """The reader's numbers as they were before they were rounded to bytes, nearly: what goes on from them learns the rest again."""
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(os.path.join(HERE, "../../../src/models/bundled/reader_int8.onnx")).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name.split(".", 1)[1]: torch.tensor(value) for name, value in stored.items() if re.match(r"model\.[bc]\.", name) and value.dtype == "float32"}

    def whole(name):
        zero = stored[f"{name}_zero_point"].astype("float32")
        return torch.tensor((stored[f"{name}_quantized"].astype("float32") - zero) * stored[f"{name}_scale"])

    for name in [name.removesuffix("_quantized") for name in stored if name.startswith("model.b.embeddings.") and name.endswith("_quantized")]:
        found[name.split(".", 1)[1]] = whole(name)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = re.sub(r"/(?:MatMul|Gemm_MatMul)_quant$", "", node.name).split("/", 2)[2].replace("/", ".")
            found[f"{name}.weight"] = whole(node.input[1].removesuffix("_quantized")).T.contiguous()
    model = build(arguments.base)
    known = model.b.embeddings.word_embeddings.weight.clone()
    model.load_state_dict(found, strict=False)
    model.b.embeddings.word_embeddings.weight.data = known  # the base's own, which training leaves alone
    torch.save(model.state_dict(), arguments.out)


def prepare(arguments):
    with open("rows.jsonl", "w", encoding="utf-8") as out:
        for read, folder in ((from_qamr, arguments.qamr), (from_selqa, arguments.selqa), (from_fairytale, arguments.fairytale)):
            for one in read(folder) if folder else ():
                out.write(json.dumps(one) + "\n")
        for read in (from_texts, from_families):
            for one in read():
                out.write(json.dumps(one) + "\n")
    with open("claims.jsonl", "w", encoding="utf-8") as out:
        for one in claims():
            out.write(json.dumps(one) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["prepare", "weights", "fit", "export"])
    for name in ("base", "out", "start", "qamr", "selqa", "fairytale"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--stage", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=22)
    given = parser.parse_args()
    {"prepare": prepare, "weights": weights, "fit": fit, "export": export}[given.what](given)
