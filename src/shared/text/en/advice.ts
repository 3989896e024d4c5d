import type { AdviceTable } from "../advice.ts";

/** `what` is the sentence of health, alerts and buttons: short, and true on its own. */
export const advice = {
  "input-invalid": {
    what: "What was sent cannot be used.",
    why: "A value has the wrong form or is missing, so nothing was changed.",
    remedy: "Correct the place named in the details and send it again.",
  },
  "match-without-id": {
    what: "A match has no id.",
    why: "Without its FOGIS id a match cannot be told from others, so it was not taken in.",
    remedy: "Add matchid (or match_id) to the match named in the details and send it again.",
  },
  "not-found": {
    what: "What was asked for does not exist.",
    why: "It may have been cleaned up, or the address or id is wrong.",
    remedy: "See the list of what there is now, and choose from that.",
  },
  "method-not-allowed": {
    what: "This address cannot be used in that way.",
    why: "Some addresses are only read (GET), others only do something (POST).",
    remedy: "Use the method that the answer names; the page /docs shows every address.",
  },
  "too-large": {
    what: "What was sent is too large.",
    why: "There is a limit so that one request cannot fill the memory. Nothing was changed.",
    remedy: "Send it in several smaller pieces.",
  },
  unauthorized: {
    what: "The access token is missing, wrong or revoked.",
    why: "This Avspark demands a token with every HTTP request, and the request was refused.",
    remedy:
      "Send the header “Authorization: Bearer …” with a token that avspark token add has made, or the value of AVSPARK_HTTP_TOKEN. A calendar program takes the secret address that the window shows under Calendars instead.",
  },
  "role-too-low": {
    what: "The token may not do this.",
    why: "Each token has a role: look, act or administer. What was asked for takes more than this one has, so nothing was done.",
    remedy: "Ask whoever administers Avspark for a token with the role that the details name.",
  },
  "encryption-required": {
    what: "A token came from another machine without encryption.",
    why: "Whoever listens on the way could have read it and act in its holder's name, so it was refused.",
    remedy:
      "Have Avspark speak TLS, or put a proxy that does before it (docs/deployment.md). Revoke the token and make another one, since this one may be known by now.",
  },
  "origin-refused": {
    what: "A web page tried to use Avspark and was refused.",
    why: "Requests that come from another site in a browser are not allowed, since they could act in your name.",
    remedy: "Call Avspark from a program of your own, or open its pages directly.",
  },
  "host-refused": {
    what: "The request names a host that Avspark does not go by.",
    why: "This protects against web pages that disguise themselves as this machine.",
    remedy: "Use the address that Avspark printed when it started.",
  },
  "rate-limited": {
    what: "Too many requests in a short time.",
    why: "Avspark limits how often it can be asked, so that the feed is never slowed down.",
    remedy: "Wait a moment and try again; let scripts ask less often.",
  },
  "too-many-clients": {
    what: "Too many programs read the events at once.",
    why: "Each takes memory, so there is a limit; those that are there go on.",
    remedy: "Let a program that is no longer needed end its connection to /events.",
  },
  "unsupported-media-type": {
    what: "The request is not JSON.",
    why: "Avspark reads application/json only, packed with gzip, deflate or br at most, so nothing was changed.",
    remedy: "Send the header “Content-Type: application/json” and a JSON body.",
  },
  busy: {
    what: "The same work is already going on.",
    why: "Doing it twice at once would only get in its own way.",
    remedy: "Wait until it is done, then try again.",
  },
  "match-listed": {
    what: "The match cannot be removed: the match list has it.",
    why: "The next list would bring it back.",
    remedy: "Decline a match that is not yours: its events go, and it can be taken back.",
  },
  "confirmation-needed": {
    what: "Avspark asks before it goes on.",
    why: "Unusually much would be changed or removed, or a calendar is written for the first time.",
    remedy: "Look at the preview under Calendars and confirm it, or leave everything as it is.",
  },
  "removals-changed": {
    what: "What would be removed has changed since it was looked at.",
    why: "The matches have changed since the list of removals was shown, so nothing was removed and nothing was kept.",
    remedy: "Look at the list again, and decide on what it says now.",
  },
  "partly-failed": {
    what: "Not all of it is done yet.",
    why: "What could be done is done. The rest waits, and Avspark tries again.",
    remedy: "See the result of each for what failed and why.",
  },
  "configuration-invalid": {
    what: "A setting has a value that cannot be used.",
    why: "Avspark does not guess: what depends on the setting stands still until it is right.",
    remedy: "Open Settings: what is wrong is marked, with what would be right.",
  },
  "setting-locked": {
    what: "The setting is fixed by the environment.",
    why: "An environment variable or the .env file decides it, and goes before what is set in the window.",
    remedy: "Change the variable where Avspark is started, or take it away, and start again.",
  },
  "port-taken": {
    what: "The port is used by another program.",
    why: "Matches arrive and are kept, but Avspark's HTTP address is closed: scripts, monitoring and calendar programs that follow it get no answer.",
    remedy:
      "End the other program, and Avspark takes the port by itself; or choose another AVSPARK_HTTP_PORT in Settings.",
  },
  "listen-failed": {
    what: "The HTTP address could not be opened.",
    why: "The address does not belong to this machine or may not be used. Scripts and calendar subscribers cannot reach Avspark.",
    remedy: "Check AVSPARK_HTTP_HOST and AVSPARK_HTTP_PORT in Settings; 127.0.0.1 always works.",
  },
  "data-folder": {
    what: "The data folder cannot be used.",
    why: "The journal, the calendar file and the settings lie there; nothing may be acted on that is not kept.",
    remedy:
      "Set AVSPARK_DATA_DIR to a folder that this user may write to, on a disk with room, and start Avspark again.",
  },
  "http-certificate": {
    what: "A certificate of Avspark's own cannot be used.",
    why: "Avspark never speaks plain HTTP instead: until the files are right the address stays shut, or goes on with the certificate that was read before.",
    remedy:
      "See the details, and put the files in order that the settings name (AVSPARK_HTTP_TLS_CERT_FILE and AVSPARK_HTTP_TLS_KEY_FILE; AVSPARK_FEEDS_TLS_… for the calendars' own address); Avspark takes them up by itself.",
  },
  "token-required": {
    what: "An address open to others needs a token.",
    why: "Anybody on the network could read contact data otherwise, so everybody is refused until somebody has one.",
    remedy:
      "Make one where Avspark runs: avspark token add NAME --role administer. Or set AVSPARK_HTTP_TOKEN to at least 16 visible ASCII characters, or listen on 127.0.0.1.",
  },
  "tokens-unreadable": {
    what: "The file of the named tokens cannot be used.",
    why: "It is damaged, of another version, or others may write in it. No named token is valid, so that nobody comes in by mistake; AVSPARK_HTTP_TOKEN goes on.",
    remedy:
      "Look at tokens.json in the data folder: give it back to its owner alone (chmod 600), take it from a backup, or remove it and make the tokens anew with avspark token add.",
  },
  "journal-full": {
    what: "The disk is full.",
    why: "Nothing is acted on before it is written to the journal, so new messages cannot be taken in.",
    remedy: "Make room on the disk, or lower AVSPARK_RETENTION_MB. Avspark goes on by itself.",
  },
  "journal-locked": {
    what: "Another program holds the journal.",
    why: "As long as it does nothing can be written, so new messages wait in memory.",
    remedy: "Close whatever has journal.db open, such as a database tool or a backup. Avspark goes on by itself.",
  },
  "journal-lost": {
    what: "The journal's files were taken away while Avspark was running.",
    why: "Somebody removed, replaced or cut short files in the data folder. What was known is in new files; older messages may be gone.",
    remedy: "Find out what touches the data folder, such as a cleaning or a synchronising program, and keep it out.",
  },
  "journal-damaged": {
    what: "The journal was damaged.",
    why: "It could not be read any more and was kept under another name. Matches come back with the next full list.",
    remedy: "Check the disk. The kept file can be removed when nobody needs it.",
  },
  "journal-room": {
    what: "The disk is almost full.",
    why: "When it is full, new messages cannot be taken in.",
    remedy: "Make room on the disk of the data folder, or lower AVSPARK_RETENTION_MB.",
  },
  "journal-unreadable": {
    what: "Some of what the journal holds cannot be read by this version.",
    why: "It was left as it is, and is shown nowhere until a version that can read it is installed.",
    remedy: "Install the newest version. If that does not help, report it with the support bundle.",
  },
  "journal-failed": {
    what: "The journal could not be read or written.",
    why: "New messages cannot be taken in safely. The disk may be damaged, or the folder may not be writable.",
    remedy: "Check the disk and the rights of the data folder, then start Avspark again.",
  },
  flooded: {
    what: "Messages come faster than they can be written down.",
    why: "Memory and the room that AVSPARK_SPILL_MB gives on the disk were full, so the newest messages were let go. What they told is in a gap, which the next full match list fills.",
    remedy:
      "Avspark goes on by itself when it has caught up. Raise AVSPARK_SPILL_MB, use a faster disk, or let the publisher send less.",
  },
  "journal-newer": {
    what: "The journal was made by a newer Avspark.",
    why: "This version could misread it, so it was not touched.",
    remedy: "Install the newest version, or choose another folder with AVSPARK_DATA_DIR.",
  },
  "already-running": {
    what: "Avspark is already running with this data folder.",
    why: "Two at once would write the same calendars and the same journal.",
    remedy: "Use the one that runs (look in the tray), or choose another AVSPARK_DATA_DIR.",
  },
  "keyring-missing": {
    what: "This machine has no safe place for a password.",
    why: "The system's keyring is not available, and Avspark never writes a sign-in in clear text.",
    remedy: "Install or unlock the keyring (for example GNOME Keyring), or sign in for this session only.",
  },
  "settings-unreadable": {
    what: "The saved settings cannot be read.",
    why: "The file settings.json in the data folder is damaged or made by hand. Nothing runs on half of it.",
    remedy: "Repair the file and try again, or enter the settings anew: what is there is set aside, not removed.",
  },
  internal: {
    what: "Something went wrong inside Avspark.",
    why: "This is a fault in the program, not something you did.",
    remedy: "Try again. If it happens again, copy the details and report them.",
  },
  "redis-disabled": {
    what: "Listening to Redis is turned off.",
    why: "REDIS_PUBSUB_ENABLED is false, so changes arrive only through the match list over HTTP.",
    remedy: "Turn it on in Settings if changes should arrive at once.",
  },
  "redis-unreachable": {
    what: "Redis cannot be reached.",
    why: "Nobody answers at the address. Changes are missed meanwhile; the match list fills the gap where one is set.",
    remedy: "Check the network, that Redis runs, and the address in REDIS_URL. Avspark tries again by itself.",
  },
  "redis-timeout": {
    what: "Redis takes too long to answer.",
    why: "The server or the network is overloaded, or a firewall swallows the connection.",
    remedy:
      "Wait a little; Avspark tries again. If it goes on, ask whoever runs Redis, or raise REDIS_CONNECTION_TIMEOUT.",
  },
  "redis-frozen": {
    what: "Redis stopped answering.",
    why: "The connection looks open, but a message to ourselves did not come back. What was sent meanwhile may be missed.",
    remedy: "Avspark reconnects by itself. If it keeps happening, ask whoever runs Redis to look at the server.",
  },
  "redis-closed": {
    what: "Redis closed the connection.",
    why: "The server was restarted or stopped, or the network broke. Changes are missed until the connection is back.",
    remedy: "Avspark reconnects by itself. If it takes long, check that Redis is running.",
  },
  "redis-auth-required": {
    what: "Redis demands a password.",
    why: "REDIS_URL carries none, so the server refuses us.",
    remedy: "Write the address as redis://user:password@host:6379 in Settings.",
  },
  "redis-auth-wrong": {
    what: "Redis does not accept the password.",
    why: "User name or password in REDIS_URL is wrong, or has been changed on the server.",
    remedy: "Ask whoever runs Redis for the right one, and enter it in Settings.",
  },
  "redis-no-permission": {
    what: "Redis does not let us listen to these channels.",
    why: "The user in REDIS_URL lacks the right to subscribe to at least one of them.",
    remedy: "Ask for the right to subscribe to the channels in Settings, or use another user.",
  },
  "redis-certificate": {
    what: "The certificate of Redis is not trusted.",
    why: "It may have expired, be made out for another name, or be signed by somebody this machine does not know.",
    remedy: "Enter the authority's file in REDIS_TLS_CA_FILE, or the right name in REDIS_TLS_SERVERNAME.",
  },
  "redis-protocol": {
    what: "What answers is not a Redis server.",
    why: "Another program listens at the address, or TLS is used on one side only.",
    remedy: "Check host and port in REDIS_URL, and whether it should begin with rediss:// (TLS).",
  },
  "redis-overrun": {
    what: "Redis threw us out for being too slow.",
    why: "More messages came than could be taken in, and the server dropped the connection. Some may be missed.",
    remedy:
      "Avspark reconnects and fetches the match list. If it happens again, ask for a larger client-output-buffer-limit.",
  },
  "redis-degraded": {
    what: "Redis is not well.",
    why: "It answers, but says that something is wrong with it: a full disk, a long script, a lost master. What it is told may be refused or come late.",
    remedy: "Show the details to whoever runs Redis. Avspark goes on listening, or tries again by itself.",
  },
  "redis-stream": {
    what: "The stream cannot be read.",
    why: "Redis answers, but what it keeps under the name in REDIS_STREAM is no stream, or it does not give it to us.",
    remedy: "Check the stream's name in Settings with whoever runs the publisher. Avspark tries again by itself.",
  },
  "redis-stream-missing": {
    what: "There is no such stream.",
    why: "Redis has nothing under the name in REDIS_STREAM: nobody has added anything to it yet, or the name is another.",
    remedy: "Check the stream's name in Settings with whoever runs the publisher. It is read as soon as it is there.",
  },
  "cluster-lost": {
    what: "The other machines of the desk are out of reach.",
    why: "The Redis server that the machines of one desk share (AVSPARK_CLUSTER_URL) does not answer, or does not take what it is told. What is heard here waits, and what the others hear is not known here.",
    remedy:
      "Show the details to whoever runs that server. Avspark tries again by itself, and then reads and tells all that has waited.",
  },
  "cluster-newer": {
    what: "The other machines run a newer Avspark.",
    why: "What they write down for all machines of the desk can no longer be read by this one, so it has stopped where it was and shows what it knew then.",
    remedy: "Install the same version here and start Avspark again. It goes on where it stopped.",
  },
  "cluster-server": {
    what: "The server the machines share is not as they need it.",
    why: "They go on all the same, but after its next restart, or when it is full, what they told each other could be gone.",
    remedy: "Show the details to whoever runs that server; docs/scaling.md says how it should be set up.",
  },
  "node-lost": {
    what: "Another machine of the desk says nothing any more.",
    why: "It has ended without saying so, is cut off, or was taken away. The others go on without it.",
    remedy:
      "Look at that machine, and start Avspark there again: it reads what it has missed. If it was taken away for good, acknowledge this; it is forgotten after two days.",
  },
  "node-behind": {
    what: "Another machine of the desk lags behind the others.",
    why: "It has much to read of what the others know, or much to tell them: it is slow, or its way to the shared server is.",
    remedy:
      "See with `avspark cluster status` on that machine what keeps it, and whether its processor or its disk is full.",
  },
  "messages-missed": {
    what: "Messages may have been missed.",
    why: "Avspark was not listening for a while, and Redis does not repeat what it has said. No full match list has told what changed meanwhile.",
    remedy:
      "Fetch the match list. Where none is set, enter its address (AVSPARK_MATCHES_URL) in Settings; or compare the coming matches with FOGIS yourself and acknowledge the alert.",
  },
  "messages-invalid": {
    what: "Many messages cannot be read.",
    why: "The publisher may have changed their form. What could not be read is in quarantine; nothing of it is lost.",
    remedy: "Look at what was refused and why. Once Avspark can read them, they can be replayed.",
  },
  "channel-quiet": {
    what: "A channel has gone quiet.",
    why: "It has been silent for much longer than is usual for it. Changes may not be getting through.",
    remedy: "See whether the match processor runs. The alert goes away by itself when something is heard again.",
  },
  "publisher-alert": {
    what: "The match processor reports a fault.",
    why: "The match processor or another part of FOGIS's chain reported this itself over Redis.",
    remedy: "Ask those who run the match processor if it goes on. Acknowledge it once you know of it.",
  },
  "cycle-failed": {
    what: "A run of the match processor failed.",
    why: "Changes of that run may come later or not at all.",
    remedy:
      "One failed run usually mends itself: the alert is over when a later one completes. If they go on failing, ask those who run the match processor.",
  },
  "source-unconfigured": {
    what: "No match list over HTTP is set.",
    why: "Without one, what is missed while disconnected cannot be fetched afterwards.",
    remedy: "Enter the list's address as AVSPARK_MATCHES_URL in Settings.",
  },
  "source-unreachable": {
    what: "The match list's server cannot be reached.",
    why: "Nobody answers at the address in AVSPARK_MATCHES_URL. The feed over Redis goes on as usual.",
    remedy: "Check the network and the address. Avspark tries again at the next poll.",
  },
  "source-timeout": {
    what: "The match list's server takes too long to answer.",
    why: "It may be overloaded. The feed over Redis goes on as usual.",
    remedy: "Wait for the next poll, or fetch again later.",
  },
  "source-status": {
    what: "The match list's server answered with an error.",
    why: "It did not give out the list; the matches we have stay as they are.",
    remedy: "See the details for the server's answer. Check the address and that it may be read without signing in.",
  },
  "source-not-json": {
    what: "The match list is not JSON.",
    why: "The address probably leads to a web page or a sign-in instead of the list.",
    remedy: "Open the address in a browser to see what it gives, and correct AVSPARK_MATCHES_URL.",
  },
  "source-empty": {
    what: "The match list is empty.",
    why: "An empty list is more often a fault than the truth, so nothing was removed because of it.",
    remedy: "Check the source. If there really are no matches, there is nothing to do.",
  },
  "source-incomplete": {
    what: "The match list cannot be trusted to be complete.",
    why: "Some of its matches could not be read, so nothing was removed because of it. What could be read was taken in.",
    remedy: "See the refused matches in the details, and correct them at the source.",
  },
  "source-too-large": {
    what: "The match list is too large.",
    why: "It passed the limit and was not read to its end, so nothing was changed.",
    remedy: "Let the source give out fewer matches, for example only the coming ones.",
  },
  "source-redirect": {
    what: "The match list's address leads elsewhere.",
    why: "It sends us to another server or around in a circle, which Avspark does not follow.",
    remedy: "Enter the final address as AVSPARK_MATCHES_URL.",
  },
  "calendar-sign-in": {
    what: "The calendar needs you to sign in.",
    why: "The sign-in has expired or was withdrawn. Events wait and are written as soon as you are signed in again.",
    remedy:
      "Sign in under Calendars, or correct user name and password in Settings. A CalDAV server must take these by Basic or Digest sign-in; where it has app passwords, use one.",
  },
  "calendar-token-file": {
    what: "The token file cannot be used.",
    why: "The file in GOOGLE_CALENDAR_TOKEN_FILE is missing, unreadable, or of another kind. Events wait meanwhile.",
    remedy: "Check the file's path and rights; or sign in anew with avspark google sign-in, or from the app instead.",
  },
  "calendar-forbidden": {
    what: "We may not write in the calendar.",
    why: "The account can see the calendar but not change it. Events wait meanwhile.",
    remedy: "Ask the owner for the right to make changes, or choose another calendar.",
  },
  "calendar-not-found": {
    what: "The calendar does not exist.",
    why: "It was deleted, or its id or address is wrong. Events wait meanwhile.",
    remedy: "Choose a calendar under Calendars, or correct its address in Settings.",
  },
  "calendar-rate-limited": {
    what: "The calendar server asks us to slow down.",
    why: "It limits how much may be written in a while. Nothing is lost; the events wait.",
    remedy: "Nothing: Avspark goes on by itself when it may.",
  },
  "calendar-unreachable": {
    what: "The calendar server cannot be reached.",
    why: "The network is down or the server is. Nothing is lost; the events wait.",
    remedy: "Check the network, and the server's address if it has moved. Avspark tries again by itself.",
  },
  "calendar-timeout": {
    what: "The calendar server takes too long to answer.",
    why: "It may be overloaded. Nothing is lost; the events wait.",
    remedy: "Nothing: Avspark tries again by itself.",
  },
  "calendar-certificate": {
    what: "The calendar server's certificate is not trusted.",
    why: "It may have expired, or be made out for another name. Avspark sends no password to a server it cannot be sure of.",
    remedy:
      "If the server has an authority of its own, give that one's file in Settings. Otherwise check the address, and ask whoever runs the server to renew the certificate.",
  },
  "calendar-server": {
    what: "The calendar server has a fault.",
    why: "It answered with an error of its own. Nothing is lost; the events wait.",
    remedy: "Nothing: Avspark tries again by itself. If it lasts, ask whoever runs the server.",
  },
  "calendar-bad-answer": {
    what: "The calendar server's answer makes no sense.",
    why: "The address may lead to something that is not a calendar. Events wait meanwhile.",
    remedy: "Check the calendar's address in Settings.",
  },
  "calendar-rejected": {
    what: "The calendar server refused an event.",
    why: "It does not accept the event as it is. The other events are not affected.",
    remedy: "See the details for its reason; copy them and report them if they say nothing to you.",
  },
  "calendar-conflict": {
    what: "Somebody changed the event at the same time.",
    why: "To overwrite nobody's change, Avspark left the event as it is.",
    remedy: "Look at the event under Calendars, and repair it if it should be as Avspark says.",
  },
  "calendar-file": {
    what: "The calendar file cannot be used.",
    why: "The disk may be full, or the data folder not ours to write in. Nothing is lost; the events wait.",
    remedy: "Make room, or check the rights of the data folder. Avspark goes on by itself.",
  },
  "calendar-demo": {
    what: "The demo never writes to a real calendar.",
    why: "Its matches are invented and must not end up among real ones.",
    remedy: "Enter your own Redis in Settings to leave the demo.",
  },
  "calendar-elsewhere": {
    what: "Another machine writes this calendar.",
    why: "Of the machines of one desk one at a time writes each calendar, and what is decided about its writing is decided there.",
    remedy: "Do the same on the machine that the message names, or here when that one is off.",
  },
  "sign-in-expiring": {
    what: "A sign-in to a calendar expires soon.",
    why: "When the sign-in expires, the calendar is no longer updated.",
    remedy: "Sign in again now; nothing is lost by doing it early.",
  },
  "messenger-unreachable": {
    what: "The server that notices go to cannot be reached.",
    why: "It is down, its address is wrong, or the network does not let Avspark out. The notices wait.",
    remedy: "Avspark tries again by itself. If it lasts, check the address under Settings, and try it there.",
  },
  "messenger-timeout": {
    what: "The server that notices go to does not answer in time.",
    why: "It is overloaded, or the network is slow. The notices wait; one of them may arrive twice.",
    remedy: "Avspark tries again by itself. If it lasts, check the address under Settings.",
  },
  "messenger-certificate": {
    what: "The certificate where notices go cannot be trusted.",
    why: "It has expired, is for another name, or is signed by somebody who is not generally known, so nothing was sent.",
    remedy:
      "Have the certificate renewed, or name its authority in AVSPARK_NOTIFY_TLS_CA_FILE. A mail server that cannot encrypt is given no password.",
  },
  "messenger-sign-in": {
    what: "The server that notices go to refuses the sign-in.",
    why: "The user name, the password or the key in the webhook's address is wrong, or not valid any more.",
    remedy: "Enter it anew under Settings, and try it there. Many mail servers want an app password.",
  },
  "messenger-not-found": {
    what: "The webhook does not exist any more.",
    why: "It was removed where it was made, or its address is wrong.",
    remedy: "Make a new webhook there, and enter its address under Settings.",
  },
  "messenger-redirect": {
    what: "The webhook sends Avspark elsewhere.",
    why: "Its address is a secret and is given to no other server, so nothing was sent.",
    remedy: "Enter the address that it really has under Settings, as a rule one with https://.",
  },
  "messenger-rejected": {
    what: "The server does not take a notice.",
    why: "The recipient or the sender is unknown to it, or it wants another form. A notice that it refuses three times is let go, and that is told.",
    remedy: "Check recipients, sender and the webhook's form under Settings; the details have the server's answer.",
  },
  "messenger-busy": {
    what: "The server that notices go to takes none now.",
    why: "It takes only so many, or has trouble of its own; the details have its answer. The notices wait, in order.",
    remedy: "Avspark tries again by itself. If it lasts, ask whoever runs that server.",
  },
  "program-failed": {
    what: "The program that uses Avspark did not take the matches.",
    why: "Its own onMatches failed or takes too long. Nothing is lost: it is given the matches again, as they are then.",
    remedy: "See the log for its error, and mend the program.",
  },
  "service-stopped": {
    what: "The service is not running.",
    why: "The program that has Avspark in it has not started it yet, or has stopped it.",
    remedy: "Start it: await service.start().",
  },
  "window-too-old": {
    what: "This Avspark is older than its service can speak with.",
    why: "The service was updated, and speaks in a way that this version would misunderstand.",
    remedy: "Update Avspark on this computer.",
  },
  "service-too-old": {
    what: "The service is older than this Avspark can speak with.",
    why: "This version was made for a newer service, and would misunderstand this one.",
    remedy: "Ask whoever runs the service to update it. Until then an older Avspark on this computer works with it.",
  },
  "service-unreachable": {
    what: "Your service cannot be reached.",
    why: "Avspark shows a service on another machine, and that does not answer: it is off, or the way there is broken.",
    remedy:
      "It is tried again every second. If others cannot reach it either, tell whoever runs it; else check the network and the address.",
  },
  "service-certificate": {
    what: "The certificate of your service is not trusted.",
    why: "It may have run out, be for another name, or be signed by an authority that this computer does not know.",
    remedy: "Name the file with the authority that signed it, as whoever runs the service gave it to you.",
  },
  "service-insecure": {
    what: "The way to your service is not encrypted.",
    why: "Over http:// anybody on the way could read the token and the matches, so Avspark uses it on this computer alone.",
    remedy:
      "Use the service's address that begins with https://. Whoever runs it finds in docs/many-desks.md how to give it one.",
  },
  "service-sign-in": {
    what: "Your service does not accept the token.",
    why: "It was mistyped, or taken back, or belongs to another service.",
    remedy: "Enter the token again, or ask whoever runs the service for a new one.",
  },
  "service-strange": {
    what: "What answers at the service's address is no Avspark.",
    why: "The address may be of another program, or a proxy on the way answers in its place.",
    remedy: "Check the address. It is the one that the service prints when it starts, or that of the proxy before it.",
  },
  "service-elsewhere": {
    what: "This can be done only where the service runs.",
    why: "Your window shows a service on another machine, and this belongs to that machine.",
    remedy: "Ask whoever runs the service to do it there.",
  },
} satisfies AdviceTable;
