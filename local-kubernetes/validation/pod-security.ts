import { at, listAt, textAt, textsAt, type Json, type JsonObject } from '../json.ts';

/** The pod security standards, as far as a namespace enforces one of them: what a pod violates. */
export function podSecurityViolations(level: string, spec: JsonObject): string[] {
  if (level !== 'baseline' && level !== 'restricted') return [];
  const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
  const context = (container: Json, field: string) =>
    at(container, 'securityContext', field) ?? at(spec, 'securityContext', field);
  const some = (test: (container: Json) => boolean) => containers.some(test);
  const rules: readonly (readonly [what: string, violated: boolean, restrictedOnly?: boolean])[] = [
    ['host namespaces', ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => spec[field] === true)],
    ['privileged', some((one) => at(one, 'securityContext', 'privileged') === true)],
    ['hostPath volumes', listAt(spec, 'volumes').some((volume) => at(volume, 'hostPath') !== undefined)],
    ['hostPort', some((one) => listAt(one, 'ports').some((port) => at(port, 'hostPort') !== undefined))],
    [
      'non-default capabilities',
      some((one) =>
        textsAt(one, 'securityContext', 'capabilities', 'add').some(
          (name) =>
            name !== 'NET_BIND_SERVICE' &&
            (level === 'restricted' ||
              !/^(?:AUDIT_WRITE|CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|MKNOD|SETFCAP|SETGID|SETPCAP|SETUID|SYS_CHROOT)$/.test(
                name,
              )),
        ),
      ),
    ],
    [
      'allowPrivilegeEscalation != false',
      some((one) => at(one, 'securityContext', 'allowPrivilegeEscalation') !== false),
      true,
    ],
    [
      'unrestricted capabilities',
      some((one) => !textsAt(one, 'securityContext', 'capabilities', 'drop').includes('ALL')),
      true,
    ],
    ['runAsNonRoot != true', some((one) => context(one, 'runAsNonRoot') !== true), true],
    ['runAsUser=0', some((one) => context(one, 'runAsUser') === 0), true],
    [
      'seccompProfile',
      some((one) => !['RuntimeDefault', 'Localhost'].includes(textAt(context(one, 'seccompProfile'), 'type'))),
      true,
    ],
  ];
  return rules
    .filter(([, violated, restrictedOnly]) => violated && (level === 'restricted' || restrictedOnly !== true))
    .map(([what]) => what);
}
