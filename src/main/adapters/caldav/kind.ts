/** What tells calendars and address books apart on a WebDAV server. All else about them is the same. */
export type DavKind = {
  /** In a body the prefix c stands for it. */
  readonly namespace: string;
  readonly contentType: "text/calendar" | "text/vcard";
  /** How a resource begins. */
  readonly begins: RegExp;
  /** The name of a collection's type, and of the property that says where a user's collections are. */
  readonly resourceType: "calendar" | "addressbook";
  readonly homeSet: { readonly asked: string; readonly answered: string };
  /** RFC 6764. */
  readonly wellKnown: string;
  /** The report that reads many resources at once, and the property with a resource's text. */
  readonly multiget: string;
  readonly data: { readonly asked: string; readonly answered: string };
  readonly addressSetting: "CALDAV_URL" | "CARDDAV_URL";
  /** What messages call them. */
  readonly words: {
    readonly collection: "calendar" | "address book";
    readonly item: "event" | "contact";
    readonly protocol: "CalDAV" | "CardDAV";
  };
};

/** RFC 4791. */
export const calendars: DavKind = {
  namespace: "urn:ietf:params:xml:ns:caldav",
  contentType: "text/calendar",
  begins: /^\s*BEGIN:VCALENDAR/i,
  resourceType: "calendar",
  homeSet: { asked: "c:calendar-home-set", answered: "calendarHomeSet" },
  wellKnown: "/.well-known/caldav",
  multiget: "c:calendar-multiget",
  data: { asked: "c:calendar-data", answered: "calendarData" },
  addressSetting: "CALDAV_URL",
  words: { collection: "calendar", item: "event", protocol: "CalDAV" },
};

/** RFC 6352. */
export const addressBooks: DavKind = {
  namespace: "urn:ietf:params:xml:ns:carddav",
  contentType: "text/vcard",
  begins: /^\s*BEGIN:VCARD/i,
  resourceType: "addressbook",
  homeSet: { asked: "c:addressbook-home-set", answered: "addressbookHomeSet" },
  wellKnown: "/.well-known/carddav",
  multiget: "c:addressbook-multiget",
  data: { asked: "c:address-data", answered: "addressData" },
  addressSetting: "CARDDAV_URL",
  words: { collection: "address book", item: "contact", protocol: "CardDAV" },
};
