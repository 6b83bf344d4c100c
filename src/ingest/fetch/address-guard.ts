// Which addresses may be asked: http and https to public hosts only, unless the operator allowed a host by name, port or range.
// Checks literal addresses in every notation and, at the moment of connecting, what a name resolves to: a name that changes its mind between
// check and use (rebinding) meets the same check.
import { lookup as systemLookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import type { Trouble } from "../article.ts";

/** A host's addresses, as the system resolves them. Tests put their own here. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

export type AddressGuard = ReturnType<typeof createAddressGuard>;

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

const LOCAL_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|onion|test|invalid|example)\.?$/i;

/** `allow`: entries like `intranet.example`, `127.0.0.1:8080`, `[::1]`, `10.1.0.0/16`. */
export function createAddressGuard(allow: readonly string[], resolve: Resolve = (host) => systemLookup(host, { all: true })) {
  const allowed = allow.map(parseAllowed);
  /** True where the operator named this host (and port): its address may be private. */
  const isAllowed = (url: URL): boolean => {
    const host = bareHost(url);
    const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
    return allowed.some((entry) =>
      "range" in entry ? inRange(host, entry.range) : entry.host === host && (entry.port === null || entry.port === port),
    );
  };
  return {
    isAllowed,
    /** What is wrong with an address before any request; null when it may be tried. */
    refusal(url: URL): Trouble | null {
      if (url.protocol !== "http:" && url.protocol !== "https:")
        return { code: "address_scheme", reason: `only http and https addresses are read, not ${url.protocol}` };
      if (url.username !== "" || url.password !== "")
        return { code: "address_credentials", reason: "an address with a user name or password is not read" };
      if (isAllowed(url)) return null;
      const host = bareHost(url);
      if (host === "") return { code: "address_invalid", reason: "the address has no host" };
      const isPublic = ipaddr.isValid(host) ? isPublicAddress(host) : !LOCAL_NAME.test(host) && host.includes(".");
      const where = `${host} is an address of this machine or of a private network; FETCH_ALLOW can allow it`;
      if (!isPublic) return { code: "address_private", reason: where };
      const port = Number(url.port);
      if (url.port === "" || port === 80 || port === 443 || port > 1023) return null;
      return { code: "address_port", reason: `port ${url.port} is not one that pages are served from` };
    },
    /** Resolves a public host; throws an error with code `address_private` where one of its addresses is not public. */
    async resolvePublic(hostname: string): ReturnType<Resolve> {
      const found = await resolve(hostname);
      const wrong = found.find(({ address }) => !isPublicAddress(address));
      if (wrong === undefined && found.length > 0) return found;
      const code = wrong === undefined ? "ENOTFOUND" : "address_private";
      throw Object.assign(new Error(`${hostname} resolves to ${wrong?.address ?? "nothing"}`), { code });
    },
  };
}

/** True for addresses of the public internet; forms that carry an IPv4 address inside IPv6 count as what they carry, tunnels as not public. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, "");
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === "unicast";
}

/** Lower case, without brackets and the final dot. */
const bareHost = (url: URL): string => url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, "");

function parseAllowed(entry: string): { range: Range } | { host: string; port: string | null } {
  const text = entry.trim().toLowerCase();
  if (ipaddr.isValidCIDR(text)) return { range: ipaddr.parseCIDR(text) };
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  const port = /:(\d+)$/.exec(text.replace(/^\[.*\]/, ""))?.[1] ?? null;
  return url === null ? { host: text, port: null } : { host: bareHost(url), port };
}

function inRange(host: string, [network, bits]: Range): boolean {
  const address = ipaddr.isValid(host) ? ipaddr.process(host) : null;
  return address !== null && address.kind() === network.kind() && address.match(network, bits);
}
