// The gateway: identify, resume with missed events, heartbeats, invalid sessions and close codes, for one bot and its shards.
import type { Server } from "node:http";
import { GatewayIntentBits } from "discord.js";
import { WebSocketServer, type WebSocket } from "ws";
import { guildPayload, userPayload } from "./payloads.ts";
import type { Json, World } from "./world.ts";

interface Session {
  id: string;
  sequence: number;
  sent: { s: number; t: string; d: unknown }[];
  socket: WebSocket | null;
  intents: number;
  /** May it be resumed? */
  valid: boolean;
  /** Its number, and of how many. */
  shard: [number, number];
}

export interface FakeGateway {
  /** Every identify and resume with its time. */
  readonly opened: { kind: "identify" | "resume"; at: number; intents: number | null }[];
  readonly heartbeats: number;
  readonly connected: boolean;
  /** Sends an event to every session that listens for one of the intents (0: for everyone). Lost connections get it on resume. */
  dispatch(t: string, d: unknown, intent?: number): void;
  intents(): number;
  /** Closes the bot's connection with a code; 0 cuts the line without a word. */
  drop(code: number): void;
  invalidateSession(resumable: boolean): void;
  /** What the next identify is answered with instead of READY, e.g. 4014 or 4013; null for a normal start. */
  refuseIdentifyWith: number | null;
  /** Intents that the fake application has switched on in the portal. */
  allowedPrivileged: number;
  close(): void;
}

const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

export function createFakeGateway(server: Server, world: World, token: string, resumeUrl: () => string): FakeGateway {
  const sessions = new Map<string, Session>();
  const wss = new WebSocketServer({ server });
  const opened: FakeGateway["opened"] = [];
  let heartbeats = 0;
  let count = 0;

  const emit = (session: Session, t: string, d: unknown): void => {
    session.sequence += 1;
    const event = { s: session.sequence, t, d };
    session.sent.push(event);
    if (session.socket?.readyState === 1) session.socket.send(JSON.stringify({ op: 0, ...event }));
  };

  const identify = (socket: WebSocket, data: Json): Session | null => {
    const intents = Number(data["intents"]);
    opened.push({ kind: "identify", at: Date.now(), intents });
    if (gateway.refuseIdentifyWith !== null) return close(socket, gateway.refuseIdentifyWith);
    if (data["token"] !== token) return close(socket, 4004);
    if (!Number.isInteger(intents) || intents < 0 || intents >= 2 ** 26) return close(socket, 4013);
    if ((intents & PRIVILEGED & ~gateway.allowedPrivileged) !== 0) return close(socket, 4014);
    count += 1;
    const shard = (data["shard"] ?? [0, 1]) as [number, number];
    const session: Session = { id: `session-${count}`, sequence: 0, sent: [], socket, intents, valid: true, shard };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(
      (guild) => guild.members.has(world.botUser.id) && concerns(session, guild.id),
    );
    emit(session, "READY", {
      v: 10,
      user: { ...userPayload(world.botUser), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      session_type: "normal",
      resume_gateway_url: resumeUrl(),
      shard,
      application: { id: world.botUser.id, flags: 0 },
      private_channels: [],
      relationships: [],
    });
    for (const guild of guilds) emit(session, "GUILD_CREATE", guildPayload(world, guild));
    return session;
  };

  const resume = (socket: WebSocket, data: Json): Session | null => {
    opened.push({ kind: "resume", at: Date.now(), intents: null });
    const session = sessions.get(String(data["session_id"]));
    if (data["token"] !== token) return close(socket, 4004);
    if (session === undefined || !session.valid) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return null;
    }
    session.socket = socket;
    const missed = session.sent.filter((event) => event.s > Number(data["seq"]));
    for (const event of missed) socket.send(JSON.stringify({ op: 0, ...event }));
    emit(session, "RESUMED", {});
    return session;
  };

  wss.on("connection", (socket) => {
    let session: Session | null = null;
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 2000 } }));
    socket.on("message", (raw: Buffer) => {
      const text = raw.toString("utf8");
      if (text.length > 4096) return socket.close(4002);
      const { op, d } = JSON.parse(text) as { op: number; d: Json };
      if (op === 1) {
        heartbeats += 1;
        socket.send(JSON.stringify({ op: 11 }));
      } else if (op === 2) {
        if (session !== null) return socket.close(4005);
        session = identify(socket, d);
      } else if (op === 6) {
        session = resume(socket, d);
      } else if (session === null) {
        socket.close(4003);
      }
    });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.on("error", () => {});
  });

  const live = (): Session[] => [...sessions.values()].filter((session) => session.valid);
  const gateway: FakeGateway = {
    opened,
    get heartbeats() {
      return heartbeats;
    },
    get connected() {
      return live().some((session) => session.socket !== null);
    },
    dispatch(t, d, intent = 0) {
      const guildId = (d as Json)["guild_id"];
      for (const session of live().filter((each) => concerns(each, typeof guildId === "string" ? guildId : null)))
        if (intent === 0 || (session.intents & intent) !== 0) emit(session, t, d);
    },
    intents: () => live().at(-1)?.intents ?? 0,
    drop(code) {
      for (const session of live()) {
        const socket = session.socket;
        session.socket = null;
        if (code === 0) socket?.terminate();
        else socket?.close(code);
      }
    },
    invalidateSession(resumable) {
      for (const session of live()) {
        session.valid = resumable;
        session.socket?.send(JSON.stringify({ op: 9, d: resumable }));
      }
    },
    refuseIdentifyWith: null,
    allowedPrivileged: 0,
    close() {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
    },
  };
  return gateway;
}

/** Events of a server go to its shard, direct messages to the first. */
function concerns({ shard: [number, of] }: Session, guildId: string | null): boolean {
  return (guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(of))) === number;
}

function close(socket: WebSocket, code: number): null {
  socket.close(code);
  return null;
}
