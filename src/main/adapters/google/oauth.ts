import type { Agent } from "node:http";
import { auth } from "@googleapis/calendar";
import type { GoogleEndpoints } from "./credentials.ts";

export type OAuth = InstanceType<typeof auth.OAuth2>;

/** Google's OAuth client without its own retries: a refused token is told at once, and the engine alone tries again. */
export const createOAuth = (options: {
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly endpoints: GoogleEndpoints;
  readonly redirectUri?: string;
  readonly timeoutMs: number;
  readonly agent?: Agent;
}): OAuth => {
  const { clientId, clientSecret, endpoints, redirectUri, timeoutMs, agent } = options;
  const client = new auth.OAuth2({
    clientId,
    ...(clientSecret === null ? {} : { clientSecret }),
    ...(redirectUri === undefined ? {} : { redirectUri }),
    endpoints: { oauth2AuthBaseUrl: endpoints.authorize, oauth2TokenUrl: endpoints.token },
    transporterOptions: { timeout: timeoutMs, ...(agent === undefined ? {} : { agent }) },
  });
  client.transporter.interceptors.request.add({
    resolved: async (config) => {
      delete config.retryConfig;
      return Object.assign(config, { retry: false });
    },
  });
  return client;
};
