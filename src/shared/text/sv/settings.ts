import type { Texts } from "../type.ts";

export const settings = {
  together: {
    REDIS_URL:
      "satt bredvid AVSPARK_MATCHES_URL, eller REDIS_PUBSUB_ENABLED satt till false för att bara använda listan",
    GOOGLE_CALENDAR_ID: "satt när AVSPARK_CALENDARS nämner google",
    CALDAV_URL: "satt när AVSPARK_CALENDARS nämner caldav",
    REDIS_TLS_CERT_FILE: "satt tillsammans med sin andra hälft: ett klientcertifikat behöver båda",
    REDIS_TLS_KEY_FILE: "satt tillsammans med sin andra hälft: ett klientcertifikat behöver båda",
    AVSPARK_HTTP_TOKEN:
      "satt när AVSPARK_HTTP_HOST inte bara är den här datorn, så att främlingar inte kan styra tjänsten",
    REDIS_SYSTEM_ALERTS_CHANNEL: "en egen kanal: de tre kanalerna måste skilja sig åt",
  },
} satisfies Texts["settings"];
