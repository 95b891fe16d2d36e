/** What the examples and the README's first workflow expect of a cluster. */
export async function createNamespace(url: string, name: string): Promise<void> {
  const created = await fetch(`${url}/api/v1/namespaces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: { name } }),
  });
  if (!created.ok) throw new Error(await created.text());
}
