import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startLocalKubernetes, type LocalKubernetes } from '../../local/kubernetes/index.ts';

/** The status of an answer to a request with this `Host` header. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/version`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

let kubernetes: LocalKubernetes;
beforeAll(async () => {
  kubernetes = await startLocalKubernetes();
});
afterAll(() => kubernetes.stop());

// A web page reaches a server on 127.0.0.1 under its own name, which its browser sends along.
test.each([
  ['127.0.0.1:80', 200],
  ['localhost', 200],
  ['[::1]:6443', 200],
  ['evil.example:6443', 403],
  ['127.0.0.1.evil.example', 403],
  ['evil.example/127.0.0.1', 403],
  ['user@evil.example', 403],
  ['10.0.0.1', 403],
])('the API answers the host "%s" with %d', async (host, status) => {
  expect(await statusFor(kubernetes.url, host)).toBe(status);
});
