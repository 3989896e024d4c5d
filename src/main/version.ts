import packageJson from "../../package.json" with { type: "json" };

/** Written in by the build; where sources run as they are, there is no such name. */
declare const __NOT_FOR_RELEASE__: boolean | undefined;

/** A package made from the development runtime, for tests. Whoever sees it anywhere shall know. */
export const notForRelease = typeof __NOT_FOR_RELEASE__ !== "undefined" && __NOT_FOR_RELEASE__;

export const version = notForRelease ? `${packageJson.version} (not for release)` : packageJson.version;
