/**
 * Training projects that a voucher can pay for (notice 二(三): four named, "and other employee training").
 * A new project is a new line here; nothing else names a project.
 */
export const PROJECTS = {
  pre_job: { name: '岗前培训' },
  golden_blue: { name: '“金蓝领”培训' },
  apprenticeship: { name: '企业新型学徒制' },
  skill_upgrade: { name: '岗位技能提升培训' },
} as const;

export type ProjectId = keyof typeof PROJECTS;

export const PROJECT_IDS = Object.keys(PROJECTS) as ProjectId[];
