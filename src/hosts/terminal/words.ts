import { say, type Text } from '../../text/say.ts';
import type { Words } from '../words.ts';
import { OPTIONS } from './options.ts';

const PROGRAM = say`${'aks-run-command'}`;

const WHY_MISSING: Readonly<Record<string, Text>> = {
  cluster: say`Options come before the command.`,
  'subscription-id': say`After ${'az login'}, it defaults to the current subscription.`,
};

/** A prompt's words, with inputs as the options that set them. */
export const PROMPT: Words = {
  isStep: false,
  input: (name) => `--${optionFor(name)?.name ?? name}`,
  whyMissing: (name) => WHY_MISSING[name] ?? say``,
  step: PROGRAM,
  action: PROGRAM,
  runner: say`this machine`,
  workspace: say`the current folder`,
  rerun: say`run it again`,
  debug: say`run it again with ${'--debug'}`,
  job: say`your shell`,
  login: say`${'az login'}`,
  paste(inputs) {
    // Joined by an equals sign, so that a value that begins with a dash is not an option itself.
    const options = Object.entries(inputs).map(([name, value]) => `--${name}=${value}`);
    const words = 'cluster' in inputs ? ['aks-run-command', ...options] : options;
    return [words.join(' ')];
  },
};

function optionFor(input: string) {
  return OPTIONS.find((option) => option.input === input);
}

/**
 * The words of a prompt. A command to paste that signs in as an application needs the same ID token
 * again.
 */
export function wordsFor(idTokenEnv: string | undefined): Words {
  if (idTokenEnv === undefined) return PROMPT;

  return {
    ...PROMPT,
    paste(inputs) {
      if (!('client-id' in inputs)) return PROMPT.paste(inputs);
      return PROMPT.paste({ ...inputs, 'id-token-env': idTokenEnv });
    },
  };
}
