// The program's log: JSON lines on stderr. Of an error it keeps what it is, what it says and where it was thrown; what libraries hang on
// their errors (the body of a request, its files, addresses with tokens in them) stays out.
import { pino, stdSerializers, type DestinationStream, type Logger } from "pino";

export function createLog(level: string, to: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  return pino({ level, serializers: { err: errorForLog } }, to);
}

function errorForLog(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const { type, message, stack } = stdSerializers.err(cause);
  const { code, status } = cause as { code?: unknown; status?: unknown };
  return { type, message, stack, code, status };
}
