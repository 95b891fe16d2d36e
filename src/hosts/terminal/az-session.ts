import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { field, parseJson } from '../../azure/json.ts';

/** A subscription that `az login` has seen. */
export type Subscription = { readonly id: string; readonly name: string; readonly isDefault: boolean };

/**
 * The subscriptions of the session of `az`, read from its profile: the program itself takes a second to say the same.
 * None where there is no session, or where its file cannot be read.
 */
export function azSubscriptions(env: Readonly<Record<string, string | undefined>>): Subscription[] {
  const folder = env['AZURE_CONFIG_DIR'] ?? path.join(homedir(), '.azure');
  let text: string;
  try {
    text = readFileSync(path.join(folder, 'azureProfile.json'), 'utf8');
  } catch {
    return [];
  }
  // It begins with a byte order mark.
  const listed = field(parseJson(text.replace(/^\uFEFF/, '')), 'subscriptions');
  return (Array.isArray(listed) ? listed : []).flatMap((one: unknown) => {
    const [id, name, isDefault] = [field(one, 'id'), field(one, 'name'), field(one, 'isDefault')];
    return typeof id === 'string'
      ? [{ id, name: typeof name === 'string' ? name : '', isDefault: isDefault === true }]
      : [];
  });
}
