declare const brand: unique symbol;

/** A value that cannot be mistaken for another of the same base type: the compiler tells them apart, the wire does not. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** The same without brands: what a phone has typed, read from a page's address or been told as JSON. */
export type Plain<T> =
  T extends Branded<infer Base, string>
    ? Base extends string
      ? string
      : number
    : T extends readonly (infer Item)[]
      ? Plain<Item>[]
      : T extends object
        ? { [Field in keyof T]: Plain<T[Field]> }
        : T;
