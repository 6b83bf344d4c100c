// Files that come beside a body: what Discord refuses of them, and what becomes of them in the message.
import type { SentFile } from "./rest.ts";
import type { FakeMessage, Json, World } from "./world.ts";

/** What every server may upload; those with boosts may more. */
const UPLOAD_BYTES = 10 * 1024 * 1024;

/** What is wrong with files and with what the body says of them. */
export function fileProblems(body: Json | null, files: readonly SentFile[]): string[] {
  const described = describedIn(body);
  const problems = files.flatMap(({ field, name, bytes }) => {
    const [, place = null] = /^files\[(\d+)\]$/.exec(field) ?? [];
    return [
      ...(place === null ? [`${field}: files come in fields files[0], files[1] …`] : []),
      ...(described.length > 0 && !described.some(({ id }) => id === place)
        ? [`${name}: no attachment is described for it`]
        : []),
      ...(bytes.length === 0 ? [`${name}: the file is empty`] : []),
      ...(bytes.length > UPLOAD_BYTES ? [`${name}: larger than 10 MiB`] : []),
    ];
  });
  if (files.length > 10) problems.push("at most 10 files");
  // small numbers name files of this request, snowflakes those that are there already
  for (const { id } of described) {
    if (id.length < 15 && !files.some(({ field }) => field === `files[${id}]`))
      problems.push(`attachments: there is no file ${id}`);
  }
  return problems;
}

/** Files that were sent become attachments; those there were stay unless the body names others. */
export function attachUploads(world: World, target: FakeMessage, body: Json, files: readonly SentFile[]): void {
  if (files.length === 0 && body["attachments"] === undefined) return;
  const described = describedIn(body);
  const kept = target.attachments.filter(
    ({ id }) => body["attachments"] === undefined || described.some((each) => each.id === id),
  );
  const added = files.map(({ field, name, type, bytes }) => {
    const id = world.newId();
    const said: Json = described.find((each) => field === `files[${each.id}]`) ?? {};
    const url = `https://cdn.discordapp.com/attachments/${target.channelId}/${id}/${name}`;
    const about = said["description"] === undefined ? {} : { description: said["description"] };
    return { id, filename: said["filename"] ?? name, size: bytes.length, url, proxy_url: url, content_type: type, ...about };
  });
  target.attachments = [...kept, ...added];
}

const describedIn = (body: Json | null): (Json & { id: string })[] =>
  ((body?.["attachments"] ?? []) as Json[]).map((each) => ({ ...each, id: String(each["id"]) }));
