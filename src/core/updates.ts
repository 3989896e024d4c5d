import type { Instant } from "../shared/instant.ts";
import type { Updates, UpdatesOff } from "../shared/updates.ts";

/** How this Avspark came to be on the machine. */
export type Installed = "system" | "itself" | "not-installed";

type Signs = {
  readonly packaged: boolean;
  readonly platform: string;
  /** The kind of package that electron-builder noted beside the program; null where it noted none. */
  readonly packageType: string | null;
  /** The file that an AppImage runs from. */
  readonly appImage: string | undefined;
};

export const installedAs = ({ packaged, platform, packageType, appImage }: Signs): Installed => {
  if (!packaged) return "not-installed";
  if (platform !== "linux") return "itself";
  if (packageType !== null) return "system";
  return appImage === undefined ? "not-installed" : "itself";
};

type Means = { readonly installed: Installed; readonly server: boolean; readonly wanted: boolean };

/** Why nothing newer is looked for; null: it is. */
export const updatesOff = ({ installed, server, wanted }: Means): UpdatesOff | null => {
  if (installed !== "itself") return installed;
  if (!server) return "no-server";
  return wanted ? null : "setting";
};

/** What is heard while somebody looks for a newer version. */
export type UpdateNews =
  | { readonly kind: "looking" }
  /** The server's version, beside ours. */
  | {
      readonly kind: "found";
      readonly version: string;
      readonly than: "newer" | "same" | "older";
      readonly at: Instant;
    }
  | { readonly kind: "fetched"; readonly version: string }
  | { readonly kind: "failed"; readonly at: Instant };

/** One that has been fetched waits for the end of this run, whatever else is heard but a newer one that was fetched too. */
export const afterNews = (before: Updates, news: UpdateNews): Updates => {
  if (news.kind === "fetched") return { state: "ready", version: news.version };
  if (before.state === "ready") return before;
  switch (news.kind) {
    case "looking":
      return { state: "looking" };
    case "failed":
      return { state: "failed", at: news.at };
    case "found":
      return found(news);
  }
};

const found = ({ version, than, at }: Extract<UpdateNews, { kind: "found" }>): Updates => {
  switch (than) {
    case "newer":
      return { state: "fetching", version };
    case "same":
      return { state: "newest", at };
    case "older":
      return { state: "older", version, at };
  }
};
