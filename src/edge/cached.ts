/** Requests something, such as a token, and keeps it while it is usable. */
export function cached<T>(request: () => Promise<T>, isUsable: (value: T) => boolean = () => true) {
  let value: T | undefined;
  return async (): Promise<T> => {
    if (value === undefined || !isUsable(value)) value = await request();
    return value;
  };
}
