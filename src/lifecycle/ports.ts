import type { CommandId } from '../azure/command-result.ts';
import type { Azure } from '../azure/port.ts';
import type { RetryPorts } from '../azure/retry.ts';
import type { Log } from '../hosts/port.ts';
import type { OpenCommand } from './open-command.ts';
import type { ServiceTime } from './service-time.ts';

/** What submitting and following a command needs from the outside world. */
export type LifecyclePorts = RetryPorts & {
  readonly azure: Azure;
  readonly log: RetryPorts['log'] & Pick<Log, 'info' | 'progress' | 'debug'>;
  readonly serviceTime: ServiceTime;
  /**
   * Called with each command ID as soon as it is known, so that even a step that is killed leaves
   * it behind.
   */
  readonly onCommandId: (id: CommandId) => void;
  /**
   * Called with what may have to be stopped from now on, before it is submitted, and again when its
   * ID is certain.
   */
  readonly onOpen: (command: OpenCommand) => void;
};
