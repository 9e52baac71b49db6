/// <reference types="miniprogram-api-typings" />

/** Types that the generated files of wxml-types.ts use. They read the signature that Page() and Component() leave behind. */

type WxmlFields<T> = (T & Record<string, unknown>)['_$fieldTypes'];

type WxmlData<T> = WxmlFields<T> extends { dataWithProperties: infer D } ? D : never;
type WxmlMethods<T> = WxmlFields<T> extends { methods: infer M } ? M : never;

/** What every tag takes, whatever it is. */
interface WxmlCommon {
  id: string;
  slot: string;
  style: string;
  class: string;
  hidden: boolean;
  ariaLabel: string;
  ariaRole: string;
  ariaHidden: boolean;
}

/** Built-in tags and those of npm packages take anything. */
type WxmlAnyTag = { [name: string]: unknown };

/** Properties of an own component; a template may hand over what is not there yet. */
type WxmlProperties<T> =
  WxmlFields<T> extends { propertyValues: infer P }
    ? { [Name in keyof P]: P[Name] | null | undefined } & Partial<WxmlCommon>
    : never;
