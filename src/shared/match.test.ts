import { describe, expect, it } from "vitest";
import { mainRefereeOf, type Official } from "./match.ts";
import { anOfficial } from "./testing/people.ts";

const official = (name: string, role: string | null): Official => anOfficial({ name, role });

describe("the main referee", () => {
  const assistant = official("Bo", "Assisterande 1");

  it("is whoever has the role, in any wording", () => {
    for (const role of ["Huvuddomare", " domare ", "Referee"]) {
      const referee = official("Anna", role);
      expect(mainRefereeOf([assistant, referee])).toBe(referee);
    }
  });

  it("may be anybody without a role, after those who have it", () => {
    const somebody = official("Cecilia", null);
    expect(mainRefereeOf([assistant, somebody])).toBe(somebody);
    const referee = official("Anna", "Huvuddomare");
    expect(mainRefereeOf([somebody, referee])).toBe(referee);
  });

  it("is nobody among assistants, or among nobody", () => {
    expect(mainRefereeOf([assistant])).toBeNull();
    expect(mainRefereeOf([])).toBeNull();
  });
});
