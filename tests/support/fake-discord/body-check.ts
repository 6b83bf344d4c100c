// What Discord would say to a request body: Discord's own description as schemas, and the limits that this description leaves out.
import {
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ApplicationCommandAutocompleteCallbackRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from "discord-api-spec/zod";
import type { Json } from "./world.ts";

interface Schema {
  safeParse(value: unknown): { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } };
}

const CALLBACKS: Record<number, Schema> = {
  4: CreateMessageInteractionCallbackRequestSchema,
  5: CreateMessageInteractionCallbackRequestSchema,
  6: UpdateMessageInteractionCallbackRequestSchema,
  7: UpdateMessageInteractionCallbackRequestSchema,
  8: ApplicationCommandAutocompleteCallbackRequestSchema,
  9: ModalInteractionCallbackRequestSchema,
};

export type BodyKind = "create" | "edit" | "webhook-create" | "webhook-edit" | "callback" | "commands";

/** Everything wrong with the body, in words; empty when Discord would take it. */
export function bodyProblems(kind: BodyKind, body: unknown, withFiles = false): string[] {
  if (kind === "commands") {
    if (!Array.isArray(body)) return ["the list of commands is not a list"];
    return body.flatMap((command: Json) => {
      // the reference calls it a string of digits, the description a number; Discord takes both
      const bits = command["default_member_permissions"];
      const described =
        typeof bits === "string" && /^\d+$/.test(bits) ? { ...command, default_member_permissions: Number(bits) } : command;
      return [...against(ApplicationCommandUpdateRequestSchema, described), ...commandProblems(command)];
    });
  }
  if (body === null || typeof body !== "object") return ["the body is not an object"];
  const json = body as Json;
  switch (kind) {
    case "create":
      return [...against(MessageCreateRequestSchema, json), ...messageProblems(json, !withFiles)];
    case "edit":
      return [...against(MessageEditRequestPartialSchema, json), ...messageProblems(json, false)];
    case "webhook-create":
      return [...against(IncomingWebhookRequestPartialSchema, json), ...messageProblems(json, !withFiles)];
    case "webhook-edit":
      return [...against(IncomingWebhookUpdateRequestPartialSchema, json), ...messageProblems(json, false)];
    case "callback": {
      const type = Number(json["type"]);
      const schema = CALLBACKS[type];
      if (schema === undefined) return [`unknown callback type ${type}`];
      const data = (json["data"] ?? {}) as Json;
      return [...against(schema, json), ...(type === 4 || type === 7 ? messageProblems(data, type === 4) : [])];
    }
    default:
      return [];
  }
}

function against(schema: Schema, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : (result.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

function messageProblems(body: Json, creating: boolean): string[] {
  const problems: string[] = [];
  const content = typeof body["content"] === "string" ? body["content"] : "";
  const rows = (body["components"] ?? []) as Json[];
  const embeds = (body["embeds"] ?? []) as Json[];
  // Discord counts code points, not UTF-16 units
  if (Array.from(content).length > 2000) problems.push("content: Must be 2000 or fewer in length.");
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(content))
    problems.push("content: broken surrogate pair");
  if (rows.length > 5) problems.push("components: at most 5 rows");
  if (creating && content.trim() === "" && embeds.length === 0) problems.push("Cannot send an empty message");
  if (typeof body["nonce"] === "string" && body["nonce"].length > 25) problems.push("nonce: Must be 25 or fewer in length.");
  const ids = rows.flatMap((row) => ((row["components"] ?? []) as Json[]).map((part) => part["custom_id"])).filter(Boolean);
  if (new Set(ids).size !== ids.length) problems.push("components: custom_id is used twice");
  const size = embeds.reduce((sum, embed) => sum + JSON.stringify(embed).length, 0);
  if (size > 6000) problems.push("embeds: larger than 6000 in all");
  const mentions = body["allowed_mentions"] as { parse?: string[]; users?: string[]; roles?: string[] } | undefined;
  if (mentions?.parse?.includes("users") === true && (mentions.users?.length ?? 0) > 0)
    problems.push("allowed_mentions: parse users and users exclude each other");
  return problems;
}

function commandProblems(command: Json): string[] {
  const name = String(command["name"]);
  const chat = (command["type"] ?? 1) === 1;
  const problems: string[] = [];
  if (chat && (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()))
    problems.push(`${name}: not a command name`);
  if (chat && !command["description"]) problems.push(`${name}: description is required`);
  if (!chat && command["description"]) problems.push(`${name}: menu commands have no description`);
  let optional = false;
  for (const option of (command["options"] ?? []) as Json[]) {
    const own = String(option["name"]);
    if (own !== own.toLowerCase() || !/^[-_'\p{L}\p{N}]{1,32}$/u.test(own)) problems.push(`${name} ${own}: not an option name`);
    if (option["required"] === true && optional) problems.push(`${name} ${own}: required options come first`);
    if (option["required"] !== true) optional = true;
    if (option["autocomplete"] === true && Array.isArray(option["choices"]) && option["choices"].length > 0)
      problems.push(`${name} ${own}: choices and autocomplete exclude each other`);
  }
  if (JSON.stringify(command).length > 8000) problems.push(`${name}: larger than 8000`);
  return problems;
}
