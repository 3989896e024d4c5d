import { IconMail, IconPhone } from "@tabler/icons-react";
import { useWords } from "../words.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { ExternalLink } from "./ExternalLink.tsx";
import classes from "./links.module.css";
import { phoneText, phoneUrl } from "./phone.ts";

type WaysProps = { readonly name: string; readonly phone: string | null; readonly email: string | null };

/** How to reach somebody: each way a click from being taken, and one from being copied. */
export const Ways = ({ name, phone, email }: WaysProps) => {
  const { texts } = useWords();
  const words = texts.matches.page;
  return (
    <div className={classes.ways}>
      {phone !== null && (
        <span className={classes.way}>
          <ExternalLink url={phoneUrl(phone)} label={words.call({ name, phone: phoneText(phone) })}>
            <IconPhone size={15} aria-hidden="true" />
            {phoneText(phone)}
          </ExternalLink>
          <CopyButton look="icon" value={phone} label={words.copyValue(phoneText(phone))} />
        </span>
      )}
      {email !== null && (
        <span className={classes.way}>
          <ExternalLink url={`mailto:${encodeURI(email)}`} label={words.write({ name, email })}>
            <IconMail size={15} aria-hidden="true" />
            {email}
          </ExternalLink>
          <CopyButton look="icon" value={email} label={words.copyValue(email)} />
        </span>
      )}
      {phone === null && email === null && <span className={classes.none}>{words.noContactData}</span>}
    </div>
  );
};
