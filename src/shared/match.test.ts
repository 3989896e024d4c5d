import { describe, expect, it } from "vitest";
import { mainRefereeOf, matchTitle, type Official } from "./match.ts";
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

describe("a match is called", () => {
  const untold = { id: "303", number: null, home: null, away: null };

  it("by its teams, with a mark for the one that is not told", () => {
    expect(matchTitle({ ...untold, number: "7", home: "IFK", away: "GAIS" })).toBe("IFK – GAIS");
    expect(matchTitle({ ...untold, home: "IFK" })).toBe("IFK – ?");
    expect(matchTitle({ ...untold, away: "GAIS" })).toBe("? – GAIS");
  });

  it("by its number where no team is told, else by its id", () => {
    expect(matchTitle({ ...untold, number: "000402010" })).toBe("Match 000402010");
    expect(matchTitle(untold)).toBe("Match 303");
  });
});
