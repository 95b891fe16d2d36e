import { PUBLIC_CLOUD } from '../azure/cloud.ts';

/**
 * The values of inputs that are not set, as text and as in `action.yml`: of all inputs whose default
 * is always the same. The options of the command line have them, too.
 */
export const DEFAULTS: Readonly<Record<string, string>> = {
  environment: PUBLIC_CLOUD.name,
  'if-no-files-found': 'error',
  'include-hidden-files': 'false',
  timeout: '30m',
  'start-timeout': '90s',
  'start-retries': '2',
  wait: 'true',
  'on-cancel': 'leave',
  'allowed-exit-codes': '0',
  'if-no-files-collected': 'warn',
  summary: 'true',
  'dry-run': 'false',
};
