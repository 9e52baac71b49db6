/** The parts of app.json, page.json and component.json that the preview understands. */

export interface WindowJson {
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: 'black' | 'white';
  navigationStyle?: 'default' | 'custom';
  backgroundColor?: string;
  backgroundTextStyle?: 'dark' | 'light';
  enablePullDownRefresh?: boolean;
  onReachBottomDistance?: number;
}

export interface TabJson {
  pagePath: string;
  text: string;
  iconPath?: string;
  selectedIconPath?: string;
}

export interface TabBarJson {
  custom?: boolean;
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  list: TabJson[];
}

export interface ComponentJson extends WindowJson {
  component?: boolean;
  usingComponents?: Record<string, string>;
  componentGenerics?: Record<string, boolean | { default?: string }>;
  styleIsolation?: string;
}

export interface SubpackageJson {
  root: string;
  pages: string[];
}

export interface AppJson {
  pages: string[];
  subpackages?: SubpackageJson[];
  subPackages?: SubpackageJson[];
  window?: WindowJson;
  tabBar?: TabBarJson;
  usingComponents?: Record<string, string>;
  darkmode?: boolean;
}

/** A page or component as the running host knows it. */
export interface UnitDescription {
  /** Path below the mini-program's root without extension; npm packages live below `miniprogram_npm/`. */
  id: string;
  isPage: boolean;
  /** What the class names of its style sheet start with; empty where styles are shared. */
  stylePrefix: string;
  /** Its JSON, `usingComponents` resolved to ids with a leading slash. */
  json: ComponentJson;
}

/** app.json with the pages of all packages in one list. */
export interface AppDescription extends AppJson {
  pages: string[];
}

export const CUSTOM_TAB_BAR = 'custom-tab-bar/index';
