import { Radio } from "@mantine/core";
import { IconDeviceDesktop, IconServer } from "@tabler/icons-react";
import { Callout } from "../../parts/Callout.tsx";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import { CompactField } from "../settings/CompactField.tsx";
import { holdsPassword } from "./steps.ts";
import type { WelcomeState } from "./useWelcome.ts";
import classes from "./Welcome.module.css";

const icons = { here: IconDeviceDesktop, server: IconServer } as const;

/** Whose service it is: this computer's own, or one that others look at too. */
const PlaceChoice = ({ welcome: { place, setPlace } }: { readonly welcome: WelcomeState }) => {
  const { texts } = useWords();
  const locked = useSettings().AVSPARK_SERVICE_URL?.locked ?? false;
  const say = texts.welcome.place;
  return (
    <Radio.Group aria-label={say.title} value={place} onChange={(next) => setPlace(next === "server" ? next : "here")}>
      <div className={classes.places}>
        {(["here", "server"] as const).map((name) => {
          const Icon = icons[name];
          return (
            <Radio.Card key={name} value={name} className={classes.place ?? ""} disabled={locked}>
              <span className={classes.optionName}>
                <Radio.Indicator size="xs" />
                <Icon size={18} stroke={1.6} aria-hidden="true" />
                {say[name]}
              </span>
              <span className={classes.dim}>{say.about[name]}</span>
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
};

const ServerForm = ({ welcome: { entered, enter, server, keyring } }: { readonly welcome: WelcomeState }) => {
  const { texts } = useWords();
  const say = texts.welcome.server;
  return (
    <>
      <CompactField
        name="AVSPARK_SERVICE_URL"
        first
        value={entered.AVSPARK_SERVICE_URL}
        label={say.address}
        about={say.addressAbout}
        placeholder={texts.settings.example.AVSPARK_SERVICE_URL}
        onChange={(value) => enter({ AVSPARK_SERVICE_URL: value })}
      />
      <CompactField
        name="AVSPARK_SERVICE_TOKEN"
        value={entered.AVSPARK_SERVICE_TOKEN}
        about={say.tokenAbout}
        onChange={(value) => enter({ AVSPARK_SERVICE_TOKEN: value })}
      />
      {!keyring && server.token !== "" && (
        <Callout level="warning" title={texts.calendars.noKeyring} about={say.noKeyring} />
      )}
      <CompactField
        name="AVSPARK_SERVICE_CA_FILE"
        value={entered.AVSPARK_SERVICE_CA_FILE}
        label={say.certificate}
        about={say.certificateAbout}
        onChange={(value) => enter({ AVSPARK_SERVICE_CA_FILE: value })}
      />
    </>
  );
};

/** Where the matches come from. */
export const FeedStep = ({ welcome }: { readonly welcome: WelcomeState }) => (
  <div className={classes.form}>
    <PlaceChoice welcome={welcome} />
    {welcome.place === "server" ? <ServerForm welcome={welcome} /> : <FeedForm welcome={welcome} />}
  </div>
);

const FeedForm = ({ welcome }: { readonly welcome: WelcomeState }) => {
  const { texts } = useWords();
  const say = texts.welcome.feed;
  const { entered, enter, feed, keyring } = welcome;
  return (
    <>
      <CompactField
        name="REDIS_URL"
        first
        value={entered.REDIS_URL}
        label={say.redis}
        about={say.redisAbout}
        placeholder={texts.settings.example.REDIS_URL}
        onChange={(value) => enter({ REDIS_URL: value })}
      />
      {!keyring && holdsPassword(feed.redis) && (
        <Callout level="warning" title={texts.calendars.noKeyring} about={say.noKeyring} />
      )}
      <CompactField
        name="AVSPARK_MATCHES_URL"
        value={entered.AVSPARK_MATCHES_URL}
        label={say.list}
        about={say.listAbout}
        placeholder={texts.settings.example.AVSPARK_MATCHES_URL}
        onChange={(value) => enter({ AVSPARK_MATCHES_URL: value })}
      />
      {feed.redis === "" && feed.list !== "" && <Callout level="info" title={say.listAlone} />}
    </>
  );
};
