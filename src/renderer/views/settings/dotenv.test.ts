import { describe, expect, it } from "vitest";
import { setting } from "../../samples.ts";
import { importedText, importedValues, planImport } from "./dotenv.ts";

describe("planImport", () => {
  const settings = {
    REDIS_URL: setting("REDIS_URL", { value: "redis://here:6379", source: "settings" }),
    AVSPARK_THEME: setting("AVSPARK_THEME", { value: "dark", source: "environment", locked: true }),
    CALDAV_PASSWORD: setting("CALDAV_PASSWORD", { value: "••••", source: "settings" }),
    AVSPARK_LANGUAGE: setting("AVSPARK_LANGUAGE", { value: "system" }),
  };

  it("says of each line what would become of it", () => {
    const plan = planImport(
      [
        "REDIS_URL=redis://there:6379",
        "AVSPARK_THEME=light",
        "CALDAV_PASSWORD=secret",
        "AVSPARK_LANGUAGE=system",
        "AVSPARK_NOTIFY=sometimes",
        "CALDAV_URL=https://user:••••@example.com",
        "REDIS_ULR=redis://there:6379",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in a .env file
        "CALDAV_USERNAME=${WHO}",
        "hello",
      ].join("\n"),
      settings,
    );
    expect(plan.map(({ verdict }) => verdict)).toEqual([
      "new",
      "locked",
      "new",
      "same",
      "invalid",
      "hidden",
      "unknown",
      "unset",
      "unreadable",
    ]);
    expect(importedValues(plan)).toEqual({ REDIS_URL: "redis://there:6379", CALDAV_PASSWORD: "secret" });
  });

  it("takes the last of a name that comes twice", () => {
    const plan = planImport("REDIS_URL=redis://one:1\nREDIS_URL=redis://two:2", settings);
    expect(importedValues(plan)).toEqual({ REDIS_URL: "redis://two:2" });
  });

  it("can empty a setting", () => {
    expect(importedValues(planImport("REDIS_URL=", settings))).toEqual({ REDIS_URL: "" });
    expect(planImport("CALDAV_URL=", {})[0]?.verdict).toBe("new");
  });
});

it("takes a file in the encodings that editors save in, and no other", () => {
  const text = "CALDAV_USERNAME=Åsa\r\n";
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  const files = [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16()];
  for (const file of files) expect(importedText(file)).toBe(text);
  expect(importedText(Buffer.from(text, "latin1"))).toBeNull();
});
