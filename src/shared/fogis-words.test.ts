import { expect, it } from "vitest";
import { assignmentIn, isMainReferee, longRole, roleIn } from "./fogis-words.ts";

it("says a role and an assignment in the language that is read, whichever it was told in", () => {
  expect(roleIn("en", "Huvuddomare")).toBe("Main referee");
  expect(roleIn("en", " assisterande 1 ")).toBe("Assistant 1");
  expect(roleIn("sv", "Fourth official")).toBe("Fjärdedomare");
  expect(assignmentIn("en", "Ej tillsatt")).toBe("Not assigned");
  expect(assignmentIn("sv", "Confirmed")).toBe("Bekräftat");
});

it("leaves a word as FOGIS has it where it is of that language, and where it is not known", () => {
  expect(roleIn("sv", "Domare")).toBe("Domare");
  expect(roleIn("en", "Referee")).toBe("Referee");
  expect(roleIn("en", "Bollkalle")).toBe("Bollkalle");
  expect(assignmentIn("sv", "Tilldelad")).toBe("Tilldelad");
  expect(assignmentIn("en", "Under utredning")).toBe("Under utredning");
});

it("knows FOGIS's abbreviations, and who the main referee is", () => {
  expect(longRole("AD2")).toBe("Assisterande 2");
  expect(roleIn("en", "AD2")).toBe("Assistant 2");
  expect(longRole("toString")).toBe("toString");
  for (const role of ["Dom", "huvuddomare", " Main referee "]) expect(isMainReferee(role)).toBe(true);
  expect(isMainReferee("Assisterande 1")).toBe(false);
});
