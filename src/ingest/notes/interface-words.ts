// Words of pages' controls: a line that is made of nothing else belongs to the site. Lower case; a line is judged as a whole
// (interface-lines.ts), never a word inside a sentence. The commonest of short lines on news pages; rarer ones are told by their place.

const list = (text: string): string[] => text.split(/[\n,]/).flatMap((phrase) => phrase.trim() || []);

const CONTROLS = list(`
  share, tweet, print, save, copy, comment, comments, reply, like, follow, subscribe, newsletter, newsletters, log, login, sign, register, account,
  menu, search, home, close, skip, next, previous, more, read, also, view, all, load, show, main, content, navigation, advertisement, ads, sponsored,
  related, recommended, popular, latest, trending, author, image, photo, gallery, caption, tags, topics, about, contact, privacy, policy, terms, cookies, accept,
  rights, reserved, copyright, loading, back, button, articles, stories, app, download, google play, leave, jobs, rss, email, facebook, twitter, instagram, youtube, linkedin, whatsapp, what are you looking for`);

/** Words that hold controls together and say nothing by themselves. */
const BETWEEN = list(
  "link, top, a, the, this, that, to, for, on, of, in, by, up, us, our, my, your, you, and, or, with, now, here, no, most, may, get, it, am, are, what",
);

/** Section names: interface only where a line holds nothing but such words. */
const SECTIONS = list(`
  news, world, asia, europe, africa, americas, middle east, us, usa, uk, eu, nation, national, international, global, regional, region, local, politics, diplomacy,
  government, economy, business, markets, finance, industry, energy, tech, technology, science, health, environment, climate, education, society, culture, arts,
  entertainment, lifestyle, life, style, fashion, food, travel, sport, sports, football, books, film, music, tv, religion, law, crime, security, defence, opinion,
  opinions, editorial, columns, analysis, commentary, letters, interview, interviews, exclusive, reports, features, magazine, blog, blogs, multimedia, video, videos, statements`);

/** Other languages' everyday controls. */
const FOREIGN = list(`
  teilen, drucken, kommentare, startseite, suche, anmelden, impressum, kontakt, weiterlesen, anzeige, lesen sie auch, mehr zum thema,
  partager, imprimer, commentaires, accueil, rechercher, connexion, s abonner, lire la suite, lire aussi, à lire aussi, publicité,
  compartir, imprimir, comentarios, inicio, buscar, suscríbete, leer más, lea también, publicidad, compartilhar, leia mais, leia também,
  condividi, stampa, leggi anche, delen, reacties, zoeken, lees ook, поделиться, комментарии, главная, поиск, войти, подписаться, меню, читать далее,
  читайте также, реклама, новости, последние новости, контакты, поділитися, paylaş, yorumlar, ana sayfa, reklam, ilgili haberler,
  مشاركة, طباعة, تعليقات, الرئيسية, بحث, اقرأ أيضا, إعلان, 分享, 打印, 评论, 首页, 相关新闻, シェア, 関連記事, 広告, 공유, 댓글`);

export const INTERFACE_PHRASES: ReadonlySet<string> = new Set([...CONTROLS, ...SECTIONS, ...FOREIGN]);
export const JOINING_WORDS: ReadonlySet<string> = new Set(BETWEEN);
export const SECTION_NAMES: ReadonlySet<string> = new Set(SECTIONS);

/** Longest phrase in words, for matching a line piece by piece. */
export const LONGEST_PHRASE = 5;
