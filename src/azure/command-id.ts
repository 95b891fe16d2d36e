import type { Ours } from '../text/ours.ts';

/** The id under which AKS keeps a command: 32 lower-case hex digits, safe to print. */
export type CommandId = Ours;

const COMMAND_ID = /^[0-9a-f]{32}$/;

/** Reads a command id; undefined for anything else. */
export function parseCommandId(text: string): CommandId | undefined {
  return COMMAND_ID.test(text) ? (text as CommandId) : undefined;
}

/**
 * The command id that a `Location` header ends in. Host and path are not trusted: they came in lower case, and one
 * day without the subscription (azure-cli#22375), and the poll URL is built from the id alone.
 */
export function commandIdOfLocation(location: string | undefined): CommandId | undefined {
  return parseCommandId(/\/commandResults\/([^/?#]+)/i.exec(location ?? '')?.[1]?.toLowerCase() ?? '');
}

/** The command id in AKS's "container command-<id> in aks-command namespace did not start". */
export function commandIdOfMessage(message: string): CommandId | undefined {
  return parseCommandId(/\bcommand-([0-9a-f]{32})\b/.exec(message)?.[1] ?? '');
}
