import type { CommandId } from '../azure/command-id.ts';
import type { Azure, Target } from '../azure/port.ts';
import type { Host } from '../hosts/port.ts';
import { serviceTime } from './clock.ts';
import type { RetryPorts } from './retry.ts';
import type { LifecyclePorts } from './run.ts';

/** What the commands of a cluster need of the world. */
export type SessionPorts = Omit<RetryPorts, 'log'> & {
  readonly host: Pick<Host, 'log' | 'setOutput'>;
  readonly azureFor: (target: Target) => Azure;
};

/**
 * What submits commands to a cluster and follows them.
 *
 * @param keepId told each command id as soon as it exists, as is the output `command-id`.
 */
export function openSession(target: Target, keepId: (id: CommandId) => void, ports: SessionPorts): LifecyclePorts {
  const { host, clock, cancelled, random } = ports;
  const onCommandId = (id: CommandId) => {
    keepId(id);
    try {
      host.setOutput('command-id', id);
    } catch (error) {
      // Told again, and then as a failure, when the verdict is known.
      host.log.debug(`The output command-id cannot be written: ${String(error)}`);
    }
  };
  const azure = ports.azureFor(target);
  return { azure, clock, cancelled, random, log: host.log, serviceTime: serviceTime(clock), onCommandId };
}
