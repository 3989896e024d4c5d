import type { ForPerson, Hindrance, LeftBehind, Migration } from "../../migration.ts";
import { plural } from "../plural.ts";
import { settings } from "./settings.ts";

const count = plural("en");

type Say = { readonly [K in ForPerson["kind"]]: (about: Extract<ForPerson, { readonly kind: K }>) => string };

const hindrances: Readonly<Record<Hindrance, string>> = {
  folder: "a folder is in its place",
  "no-file": "something that is no ordinary file is in its place",
  "too-large": "it is larger than a file of settings can be",
  "no-text": "it is no text",
  forbidden: "you may not read it",
  "leads-nowhere": "it is a link that leads nowhere",
  "no-json": "it is no JSON that says anything",
  "no-compose": "it is no compose file",
  outside: "it leads out of the folder, and nothing outside is read",
};

/** A folder of the predecessor's, and what it comes to. */
export const migration = {
  none: {
    missing: "There is no such folder.",
    "no-folder": "That is no folder.",
    forbidden: "You may not read that folder.",
    foreign:
      "Nothing of the Python service is in that folder: no config.json, .env, compose file or token.json of its.",
  } satisfies Readonly<Record<Extract<Migration, { readonly state: "none" }>["why"], string>>,
  noneRemedy: "Name the folder in which the Python service has its .env, config.json and token.json.",
  choose: "The folder of the Python service",
  window: {
    offer: "I come from the Python service",
    offerAbout:
      "If matches come to your calendar by the Python service today: its settings and its sign-in to Google go on here. You see what becomes of everything before anything is saved.",
    title: "What becomes of the Python service",
    about:
      "Read of the folder that you chose; nothing is saved yet. Stop the old service before you go on: two that write to one calendar would argue.",
    take: "Take it over",
    taking: "Taking over …",
    another: "Choose another folder",
    noKeyring: "There are secrets in it, and this computer cannot keep any. They hold until Avspark quits.",
    more: (lines: number) =>
      count(lines, { one: "# name that has no counterpart", other: "# names that have no counterpart" }),
  },
  read: (files: string) => `Read: ${files}`,
  becomes: "What becomes what",
  forPerson: "What needs you",
  leftBehind: "What has no counterpart",
  others: "None of the Python service's, and left alone",
  builtIn: "built in",
  signIn: ({ file, contacts }: { readonly file: string; readonly contacts: boolean }) =>
    `The sign-in to Google in ${file} goes on here, for the calendar${contacts ? " and the contacts" : ""}.`,
  blocked: "Nothing is written before that is mended: half of the settings would be worse than none.",
  hindrances,
  person: {
    unreadable: ({ file, why }) => `${file} cannot be read: ${hindrances[why]}. Mend it or take it away.`,
    value: ({ name, file, expected }) =>
      `${name} (${file}) cannot be used as it is, and is left out. It should be ${expected.en}.`,
    together: ({ setting }) => `${setting} should be ${settings.together[setting]}.`,
    line: ({ file, line, name }) =>
      name === null
        ? `Line ${line} of ${file} cannot be read, and says nothing here. Mend it if it should.`
        : `Line ${line} of ${file} cannot be read, so ${name} is not taken over. Mend it: a quotation mark may not be closed.`,
    unset: ({ name, file, variables }) =>
      `${name} (${file}) speaks of ${variables}, which is set nowhere, and is left out. Write what it stands for.`,
    "file-missing": ({ name, file }) =>
      `${name} names the file ${file}, which is not in the folder. It is left out; set it to where the file is.`,
    "compose-service": ({ file }) =>
      `None of the services in ${file} is the Python service, so that file says nothing here.`,
    "docker-host": ({ host, published }) =>
      published === null
        ? `Redis is called ${host}, a name that only containers of the old network know. Avspark in that network finds it; elsewhere set REDIS_URL to its address.`
        : `Redis is called ${host}, a name that only containers of the old network know. Avspark on this machine itself reaches it as localhost:${published}: set REDIS_URL accordingly.`,
    "matches-url": () =>
      "Nothing says where the whole list of matches is had over HTTP: the old service fetched it from FOGIS itself, or was sent it. Set AVSPARK_MATCHES_URL to the match processor's list, so that gaps are filled.",
    "open-door": ({ host }) =>
      `The old service listened on ${host} and let everybody in. Avspark listens on this machine alone; to let others in, set AVSPARK_HTTP_HOST=${host} and make each a token with avspark token add.`,
    "port-led": ({ outside, inside }) =>
      `Scripts on this machine found the old container at port ${outside}, which led to its port ${inside}. Outside a container set AVSPARK_HTTP_PORT=${outside} to be found there.`,
    "no-calendar": () =>
      "Nothing says which Google calendar it kept. Set GOOGLE_CALENDAR_ID, and name google in AVSPARK_CALENDARS.",
    "sign-in-missing": () => "There is no token.json: sign in to Google, in the app or with avspark google sign-in.",
    "contacts-sign-in": () =>
      "The old service kept a phonebook as well, so the sign-in to Google asks for the contacts too. To keep none, set AVSPARK_CONTACTS to nothing before you sign in.",
    "sign-in-broken": ({ file, why, lacks }) =>
      `${file} is no sign-in: ${why === null ? `what a sign-in needs is wrong or lacking: ${lacks}` : `${hindrances[why]}; mend it or take it away`}. To do without it sign in to Google anew, in the app or with avspark google sign-in.`,
    "second-sign-in": ({ file, used }) =>
      `${file} is another sign-in to Google. ${used} is used, as the old service did.`,
    "no-scope": ({ what }) =>
      what === "calendar"
        ? "The sign-in does not allow events to be written: sign in to Google anew."
        : "The sign-in does not allow contacts to be changed, so no address book is kept. Set AVSPARK_CONTACTS=google and sign in anew to keep one.",
    "web-client": ({ file }) =>
      `${file} is an OAuth client of type Web. To sign in anew make one of type Desktop in the same Google Cloud project.`,
    "service-account": ({ file }) =>
      `${file} is a service account, with which Avspark does not sign in. Sign in as the person whose calendar it is.`,
  } satisfies Say,
  why: {
    "fogis-sign-in": "Avspark never signs in to FOGIS; it hears what the match processor publishes.",
    "own-matches": "How the old service fetched and stored matches. Avspark has a journal of its own.",
    "own-log": "Logs lie with Avspark's data and are looked after by themselves.",
    "own-sign-in-server": "Signing in needs no server: avspark google sign-in, or the app.",
    "all-dialects": "Avspark understands all versions at once.",
    scopes: "Avspark asks Google for what it needs.",
    container: "Concerns Python or its container.",
    "other-notices":
      "The old service did not use it either: it told people in another way, or lacked a part of this one.",
    overruled: "Another name says it, and that one held.",
  } satisfies Readonly<Record<LeftBehind, string>>,
  written: (file: string) => `Written to ${file}.`,
  nothingToWrite: "All of it is there already; nothing was written.",
  kept: ({ setting, file }: { readonly setting: string; readonly file: string }) =>
    `${setting} is set otherwise in ${file}, and stays so.`,
  here: "That is the folder in which you are: its .env is the old service's, and the way back.",
  hereRemedy: "Go to the folder in which Avspark is to run, and name this one from there.",
  signInWritten: (file: string) => `The sign-in is in ${file}, for you alone.`,
  signInKept: (file: string) =>
    `${file} is another sign-in already, and stays. Take it away with avspark google sign-out, and migrate once more.`,
  preview: (settings: number) =>
    count(settings, { one: "That was a preview: # setting.", other: "That was a preview: # settings." }),
  previewHow: "--write writes them.",
};
