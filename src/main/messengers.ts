import { mailSender } from "../core/config/together.ts";
import type { Messenger } from "../core/outward/messenger.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { Config } from "../shared/config.ts";
import type { MessengerName } from "../shared/outward.ts";
import { createMail } from "./adapters/outward/mail.ts";
import { createWebhook } from "./adapters/outward/webhook.ts";

type Options = { readonly clock: Pick<Clock, "now">; readonly log: Log };

const makers: { readonly [N in MessengerName]: (config: Config, options: Options) => Messenger | null } = {
  webhook: (config, { clock }) =>
    config.AVSPARK_NOTIFY_WEBHOOK === null
      ? null
      : createWebhook({
          url: config.AVSPARK_NOTIFY_WEBHOOK,
          form: config.AVSPARK_NOTIFY_WEBHOOK_FORM,
          caFile: config.AVSPARK_NOTIFY_TLS_CA_FILE,
          now: clock.now,
        }),
  mail: (config, { log }) => {
    const { AVSPARK_SMTP_URL: url, AVSPARK_NOTIFY_MAIL_TO: to } = config;
    const from = mailSender(config);
    if (url === null || from === null || to.length === 0) return null;
    return createMail({ url, from, to, caFile: config.AVSPARK_NOTIFY_TLS_CA_FILE, log });
  },
};

/** What the configuration names that notices leave by; null where it does not. */
export const messengerFor = (name: MessengerName, config: Config, options: Options): Messenger | null =>
  makers[name](config, options);
