import { field, parseJson } from './json.ts';

/** What a managed cluster's own description says about running commands on it. */
export type ClusterFacts = {
  /** The caller's own token is required, and the command runs as the caller. */
  readonly managedEntra: boolean;
  readonly stopped: boolean;
  readonly runCommandDisabled: boolean;
};

/** Reads the body of `GET managedClusters/NAME`; what it does not say is false. */
export function readClusterFacts(body: string): ClusterFacts {
  const properties = field(parseJson(body), 'properties');
  return {
    managedEntra: field(field(properties, 'aadProfile'), 'managed') === true,
    stopped: field(field(properties, 'powerState'), 'code') === 'Stopped',
    runCommandDisabled: field(field(properties, 'apiServerAccessProfile'), 'disableRunCommand') === true,
  };
}
