// What `npm audit` found, held against what somebody has looked at. Decisions alone.

/**
 * A finding that is put up with: its advisory, why, and until when (a day, as 2027-05-08).
 * @typedef {{ readonly advisory: string, readonly reason: string, readonly until: string }} Allowed
 */

/**
 * `unanswered`: the registry said nothing, which does not pass for clean.
 * @typedef {{ readonly kind: "clean", readonly allowed: number }
 *   | { readonly kind: "found", readonly findings: readonly string[] }
 *   | { readonly kind: "unanswered", readonly why: string }} Verdict
 */

/** @param {unknown} value @returns {Readonly<Record<string, unknown>>} */
const fieldsOf = (value) => (typeof value === "object" && value !== null ? { ...value } : {});

/**
 * Every advisory that a package of the report names, once, with the packages.
 * @param {Readonly<Record<string, unknown>>} vulnerabilities
 */
const advisoriesIn = (vulnerabilities) => {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const vulnerability of Object.values(vulnerabilities)) {
    const { via } = fieldsOf(vulnerability);
    // A name alone says that the fault is another package's, which is in the report itself.
    for (const { url, title, name } of (Array.isArray(via) ? via : []).map(fieldsOf))
      if (typeof url === "string") found.set(url.split("/").at(-1) ?? url, `${name}: ${title}`);
  }
  return found;
};

/**
 * @param {string} output of `npm audit --json`
 * @param {readonly Allowed[]} allowed
 * @param {string} today as 2027-05-08
 * @returns {Verdict}
 */
export const verdictOf = (output, allowed, today) => {
  /** @type {Readonly<Record<string, unknown>>} */
  let report = {};
  try {
    report = fieldsOf(JSON.parse(output));
  } catch {
    return { kind: "unanswered", why: "npm audit did not answer in JSON." };
  }
  const { vulnerabilities, message } = report;
  if (typeof vulnerabilities !== "object" || vulnerabilities === null)
    return { kind: "unanswered", why: typeof message === "string" ? message : "The registry does not answer audits." };
  const holds = new Set(
    allowed.filter(({ reason, until }) => reason.trim() !== "" && until >= today).map(({ advisory }) => advisory),
  );
  const advisories = advisoriesIn(fieldsOf(vulnerabilities));
  const findings = [...advisories].filter(([advisory]) => !holds.has(advisory));
  return findings.length === 0
    ? { kind: "clean", allowed: advisories.size }
    : { kind: "found", findings: findings.map(([advisory, what]) => `${advisory}: ${what}`) };
};
