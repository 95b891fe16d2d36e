import { trusted } from '../../text/trusted.ts';
import type { Words } from '../words.ts';
import { OPTIONS } from './options.ts';

const WHY_MISSING: Readonly<Record<string, string>> = {
  cluster: 'Options come before the command.',
  'subscription-id': 'After az login, it defaults to the current subscription.',
};

/** A prompt's words, with inputs as the options that set them. */
export const PROMPT: Words = {
  isStep: false,
  input: (name) => `--${optionFor(name)?.name ?? name}`,
  application: trusted`--client-id and --tenant-id`,
  envUnit: 'number',
  whyMissing: (name) => WHY_MISSING[name] ?? '',
  step: 'aks-run-command',
  action: 'aks-run-command',
  runner: 'this machine',
  workspace: 'the current folder',
  rerun: 'run it again',
  debug: 'run it again with --debug',
  job: 'your shell',
  login: 'az login',
  paste(inputs) {
    const options = Object.entries(inputs).flatMap(([name, value]) => {
      const option = optionFor(name);
      // Joined by an equals sign, so that a value that begins with a dash is not an option itself.
      if (option?.sets === undefined) return [`--${name}=${value}`];
      return option.sets === value ? [`--${option.name}`] : [];
    });
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
