export declare const modules: Readonly<Record<string, readonly string[]>>;
export declare const outside: readonly string[];
