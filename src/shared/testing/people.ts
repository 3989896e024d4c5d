import { type Contact, type Official, unknownContact, unknownOfficial } from "../match.ts";

/** People for tests, known as far as the test says. A telephone number is a mobile one. */

type Given<P extends Official | Contact> = Partial<P> & Pick<P, "name">;

const phonesOf = (phone: string | null = null) => ({ mobile: phone, home: null, work: null });

export const anOfficial = (facts: Given<Official>): Official => ({
  ...unknownOfficial,
  phones: phonesOf(facts.phone),
  ...facts,
});

export const aContact = (facts: Given<Contact>): Contact => ({
  ...unknownContact,
  phones: phonesOf(facts.phone),
  ...facts,
});
