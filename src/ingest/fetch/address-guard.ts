// Which addresses may be asked: http and https to public hosts only, unless the operator allowed a host by name, port or range.
// Checks literal addresses in every notation and, at the moment of connecting, what a name resolves to: a name that changes its mind between
// check and use (rebinding) meets the same check.
import { lookup as systemLookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";

/** A host's addresses, as the system resolves them. Tests put their own here. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

export interface Refusal {
  code: string;
  reason: string;
}

export interface AddressGuard {
  /** What is wrong with an address before any request; null when it may be tried. */
  refusal(url: URL): Refusal | null;
  /** True where the operator named this host (and port): its address may be private. */
  isAllowed(url: URL): boolean;
  /** Resolves a public host; throws an error with code `address_private` where one of its addresses is not public. */
  resolvePublic(hostname: string): Promise<{ address: string; family: number }[]>;
}

interface Allowed {
  host: string | null;
  port: string | null;
  range: [ipaddr.IPv4 | ipaddr.IPv6, number] | null;
}

const LOCAL_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|onion|test|invalid|example)\.?$/i;

/** `allow`: entries like `intranet.example`, `127.0.0.1:8080`, `[::1]`, `10.1.0.0/16`. */
export function createAddressGuard(
  allow: readonly string[],
  resolve: Resolve = (host) => systemLookup(host, { all: true }),
): AddressGuard {
  const allowed = allow.map(parseAllowed);

  function isAllowed(url: URL): boolean {
    const host = bareHost(url);
    const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
    return allowed.some((entry) => {
      if (entry.range !== null) return inRange(host, entry.range);
      return entry.host === host && (entry.port === null || entry.port === port);
    });
  }

  return {
    isAllowed,
    refusal(url) {
      if (url.protocol !== "http:" && url.protocol !== "https:") {
        return { code: "address_scheme", reason: `only http and https addresses are read, not ${url.protocol}` };
      }
      if (url.username !== "" || url.password !== "")
        return { code: "address_credentials", reason: "an address with a user name or password is not read" };
      if (isAllowed(url)) return null;
      const host = bareHost(url);
      if (host === "") return { code: "address_invalid", reason: "the address has no host" };
      if (ipaddr.isValid(host)) return isPublicAddress(host) ? checkPort(url) : privateAddress(host);
      if (LOCAL_NAME.test(host) || !host.includes(".")) return privateAddress(host);
      return checkPort(url);
    },
    async resolvePublic(hostname) {
      const found = await resolve(hostname);
      const wrong = found.find(({ address }) => !isPublicAddress(address));
      if (wrong !== undefined || found.length === 0) {
        throw Object.assign(new Error(`${hostname} resolves to ${wrong?.address ?? "nothing"}`), {
          code: wrong === undefined ? "ENOTFOUND" : "address_private",
        });
      }
      return found;
    },
  };
}

/** True for addresses of the public internet; forms that carry an IPv4 address inside IPv6 count as what they carry, tunnels as not public. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  return parsed.range() === "unicast";
}

function checkPort(url: URL): Refusal | null {
  const port = Number(url.port);
  if (url.port === "" || port === 80 || port === 443 || port > 1023) return null;
  return { code: "address_port", reason: `port ${url.port} is not one that pages are served from` };
}

const privateAddress = (host: string): Refusal => ({
  code: "address_private",
  reason: `${host} is an address of this machine or of a private network; FETCH_ALLOW can allow it`,
});

/** Lower case, without brackets and the final dot. */
const bareHost = (url: URL): string =>
  url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");

function parseAllowed(entry: string): Allowed {
  const text = entry.trim().toLowerCase();
  if (/^[\d.:a-f]+\/\d{1,3}$/.test(text)) {
    try {
      return { host: null, port: null, range: ipaddr.parseCIDR(text) };
    } catch {
      return { host: text, port: null, range: null };
    }
  }
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  if (url === null) return { host: text, port: null, range: null };
  const port = /:(\d+)$/.exec(text.replace(/^\[.*\]/, ""))?.[1] ?? null;
  return { host: bareHost(url), port, range: null };
}

function inRange(host: string, [network, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  if (!ipaddr.isValid(host)) return false;
  const address = ipaddr.process(host);
  if (address instanceof ipaddr.IPv4 && network instanceof ipaddr.IPv4) return address.match(network, bits);
  return address instanceof ipaddr.IPv6 && network instanceof ipaddr.IPv6 && address.match(network, bits);
}
