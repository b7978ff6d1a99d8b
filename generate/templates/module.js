/** @import { Feature } from '../feature.js' */

/** @param {Feature} feature */
export const module = ({ className, pluralClassName, plural, singular }) => `
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ${className} } from './${singular}.entity.js';
import { ${pluralClassName}Controller } from './${plural}.controller.js';
import { ${pluralClassName}Service } from './${plural}.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([${className}])],
  controllers: [${pluralClassName}Controller],
  providers: [${pluralClassName}Service],
})
export class ${pluralClassName}Module {}
`;
