// Where files come from that people attach in Discord. A server of one's own under DISCORD_API_URL keeps its files itself.
const DISCORD_FILES = ["cdn.discordapp.com:443"];

/** `host:port` each. */
export function uploadHosts({ discordApiUrl }: { discordApiUrl: string }): string[] {
  const { hostname, port, protocol } = new URL(discordApiUrl);
  if (hostname === "discord.com") return DISCORD_FILES;
  return [...DISCORD_FILES, `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`];
}
