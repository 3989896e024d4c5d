/** The settings page. What each setting means stands beside it in config.ts. */
export const settings = {
  /** What a setting should be because of another one. */
  together: {
    REDIS_URL: "set beside AVSPARK_MATCHES_URL, or REDIS_PUBSUB_ENABLED set to false to use the list alone",
    GOOGLE_CALENDAR_ID: "set when AVSPARK_CALENDARS names google",
    CALDAV_URL: "set when AVSPARK_CALENDARS names caldav",
    REDIS_TLS_CERT_FILE: "set together with its other half: a client certificate needs both",
    REDIS_TLS_KEY_FILE: "set together with its other half: a client certificate needs both",
    AVSPARK_HTTP_TOKEN:
      "set when AVSPARK_HTTP_HOST is not this machine alone, so that strangers cannot command the service",
    REDIS_SYSTEM_ALERTS_CHANNEL: "a channel of its own: the three channels must differ",
  },
};
