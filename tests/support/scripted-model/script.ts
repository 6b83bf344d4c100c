// What a scripted model server does, request by request. Shapes only.

/** A request as it arrived, for the test to look at. */
export interface ChatRequest {
  model: string;
  messages: { role: string; content: string }[];
  response_format?: { type: string; json_schema?: { name: string; strict?: boolean; schema: Record<string, unknown> } };
  temperature?: number;
  max_tokens?: number;
}

export interface Reply {
  /** The message: an object is sent as its JSON, a string as it is. */
  content: unknown;
  finish?: "stop" | "length";
  usage?: { prompt_tokens: number; completion_tokens: number };
}

export type Step =
  | { do: "reply"; reply: Reply | ((request: ChatRequest) => Reply) }
  /** An error answer in the protocol's form. */
  | { do: "refuse"; status: number; message: string; code?: string; headers?: Record<string, string> }
  /** Any bytes with status 200. */
  | { do: "babble"; body: string }
  /** Takes the request and never says a word. */
  | { do: "silence" }
  /** Breaks the connection before an answer. */
  | { do: "reset" }
  /** Sends a beginning, then breaks the connection. */
  | { do: "half" }
  /** Sends a beginning, then nothing more. */
  | { do: "stall" };

export const reply = (content: unknown, more: Omit<Reply, "content"> = {}): Step => ({
  do: "reply",
  reply: { content, ...more },
});

export const refuse = (
  status: number,
  message: string,
  more: { code?: string; headers?: Record<string, string> } = {},
): Step => ({
  do: "refuse",
  status,
  message,
  ...more,
});
