const hidden = "••••";
const secretParameter = /([?&;][^=&#;]*(?:pass|pwd|secret|token|key|auth|sig|code)[^=&#;]*=)[^&#;]*/gi;

/**
 * The address as it may be shown: its password, and query parameters that look like secrets, are replaced. Works on
 * every kind of address we know, those with several hosts too, and on ones that cannot be parsed: it never throws and
 * would rather hide too much.
 */
export const redactUrl = (url: string): string => {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(url)?.[0] ?? "";
  const rest = url.slice(scheme.length);
  const at = endOfCredentials(rest, scheme.startsWith("http"));
  const open = rest.slice(at + 1).replace(secretParameter, `$1${hidden}`);
  if (at === -1) return scheme + open;
  const colon = rest.slice(0, at).indexOf(":");
  return `${scheme}${colon === -1 ? "" : rest.slice(0, colon + 1)}${hidden}@${open}`;
};

/** Where the credentials' @ is, even where a /, ? or @ in the password was not escaped; -1 without credentials. */
const endOfCredentials = (rest: string, web: boolean): number => {
  if (!web) return rest.lastIndexOf("@");
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? "";
  const plainHost = /^(\[[^\]]*\]|[^:@]*)(:\d*)?$/.test(authority);
  return plainHost || authority.includes("@") ? authority.lastIndexOf("@") : rest.lastIndexOf("@");
};
