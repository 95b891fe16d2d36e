import { notSimulated } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import type { Resource } from './schema.ts';

/** Questions that are posted and not kept. Whoever asks is a cluster administrator, as in a pod of run command. */
export function review(resource: Resource, body: JsonObject): Json | undefined {
  const userInfo = { username: 'admin', groups: ['system:masters', 'system:authenticated'] };
  switch (resource.kind) {
    case 'SelfSubjectReview':
      return { ...body, status: { userInfo } };
    case 'SelfSubjectAccessReview':
      return { ...body, status: { allowed: true } };
    case 'SelfSubjectRulesReview':
      return {
        ...body,
        status: {
          resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
          incomplete: false,
        },
      };
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview':
    case 'TokenReview':
      throw notSimulated(`what others may do (${resource.kind})`);
    default:
      return undefined;
  }
}
