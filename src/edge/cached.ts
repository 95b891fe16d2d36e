/** Requests something until that succeeds once, and keeps it. */
export function cached<T>(request: () => Promise<T>) {
  let value: T | undefined;
  return async (): Promise<T> => {
    value ??= await request();
    return value;
  };
}
