import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import groups_catalog.models.partial_dates
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clinics', '0001_people_and_clinics'),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.UUIDField(default=uuid.uuid4)),
                ('clinic', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinics.clinic')),
            ],
            options={
                'verbose_name': 'catalog state',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('kind', models.CharField(choices=[('twelve_step_fellowship', 'Twelve Step Fellowship'), ('other_addiction_self_help', 'Other Addiction Self Help'), ('user_organisation', 'User Organisation'), ('ngo', 'Ngo'), ('non_addiction_support_group', 'Non Addiction Support Group')], max_length=40)),
                ('lane', models.CharField(choices=[('addiction', 'Addiction'), ('in_addition', 'In addition: another problem'), ('next_of_kin', 'Next of kin')], max_length=20)),
                ('name_en', models.CharField(max_length=160)),
                ('name_nb', models.CharField(max_length=160)),
                ('short_name_en', models.CharField(max_length=80)),
                ('short_name_nb', models.CharField(max_length=80)),
                ('site', models.URLField(blank=True)),
                ('clinic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinics.clinic')),
            ],
            options={
                'ordering': ['name_en', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('clinic__isnull', True)), fields=('slug',), name='a_shared_organisation_has_an_id_of_its_own'), models.UniqueConstraint(fields=('clinic', 'slug'), name='a_clinics_organisation_has_an_id_of_its_own'), models.CheckConstraint(condition=models.Q(('kind__in', ['twelve_step_fellowship', 'other_addiction_self_help', 'user_organisation', 'ngo', 'non_addiction_support_group'])), name='an_organisation_has_a_known_kind'), models.CheckConstraint(condition=models.Q(('lane__in', ['addiction', 'in_addition', 'next_of_kin'])), name='an_organisation_has_a_known_lane')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=160)),
                ('lane', models.CharField(choices=[('addiction', 'Addiction'), ('in_addition', 'In addition: another problem'), ('next_of_kin', 'Next of kin')], max_length=20)),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('hybrid', 'In person and online'), ('by_appointment', 'By appointment')], max_length=20)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('paused', 'Paused'), ('closed', 'Closed')], default='draft', max_length=20)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('venue', models.CharField(blank=True, max_length=160)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('membership', models.CharField(choices=[('everyone', 'Open to everyone'), ('women', 'Women only'), ('men', 'Men only')], default='everyone', max_length=20)),
                ('access_step_free', models.BooleanField(blank=True, null=True)),
                ('access_hearing', models.BooleanField(blank=True, null=True)),
                ('access_sight', models.BooleanField(blank=True, null=True)),
                ('access_child_care', models.BooleanField(blank=True, null=True)),
                ('contact_role_en', models.CharField(blank=True, max_length=120)),
                ('contact_role_nb', models.CharField(blank=True, max_length=120)),
                ('note_en', models.CharField(blank=True, max_length=300)),
                ('note_nb', models.CharField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('checked_how', models.CharField(blank=True, choices=[('visit', 'by a visit'), ('call', 'by phone'), ('own_statement', "in the group's own words"), ('member', "by a member's report"), ('feed', 'from its meeting list')], max_length=20)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinics.clinic')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='groups_catalog.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'slug'), name='a_group_has_an_id_of_its_own_in_its_clinic'), models.CheckConstraint(condition=models.Q(('lane__in', ['addiction', 'in_addition', 'next_of_kin'])), name='a_group_has_a_known_lane'), models.CheckConstraint(condition=models.Q(('mode__in', ['in_person', 'online', 'hybrid', 'by_appointment'])), name='a_group_has_a_known_mode'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'paused', 'closed'])), name='a_group_has_a_known_status'), models.CheckConstraint(condition=models.Q(('membership__in', ['everyone', 'women', 'men'])), name='a_group_says_who_may_come'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='a_group_has_both_coordinates_or_none'), models.CheckConstraint(condition=models.Q(('mode__in', ['in_person', 'hybrid']), ('place', ''), ('status', 'published'), _negated=True), name='a_published_group_that_meets_in_person_has_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attribute', models.CharField(max_length=60)),
                ('values', models.JSONField()),
                ('basis', models.CharField(choices=[('stated', 'Stated'), ('observed', 'Observed')], max_length=10)),
                ('source', models.TextField()),
                ('dated', models.CharField(blank=True, max_length=10, validators=[groups_catalog.models.partial_dates.check_partial_date])),
                ('unverified', models.BooleanField(default=False)),
                ('inherit', models.BooleanField(default=True)),
                ('observers', models.PositiveSmallIntegerField(default=1)),
                ('note_en', models.TextField(blank=True)),
                ('note_nb', models.TextField(blank=True)),
                ('clinic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinics.clinic')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='groups_catalog.group')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='groups_catalog.organisation')),
            ],
            options={
                'ordering': ['attribute', 'pk'],
                'indexes': [models.Index(fields=['group', 'attribute'], name='facts_of_a_group'), models.Index(fields=['organisation', 'attribute'], name='facts_of_an_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', True), ('organisation__isnull', False)), models.Q(('group__isnull', False), ('organisation__isnull', True)), _connector='OR'), name='a_fact_is_about_an_organisation_or_a_group'), models.CheckConstraint(condition=models.Q(('group__isnull', True), ('clinic__isnull', False), _connector='OR'), name='a_fact_about_a_group_belongs_to_a_clinic'), models.CheckConstraint(condition=models.Q(('values', []), _negated=True), name='a_fact_has_a_value'), models.CheckConstraint(condition=models.Q(('basis__in', ['stated', 'observed'])), name='a_fact_is_stated_or_observed'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_fact_has_a_source'), models.CheckConstraint(condition=models.Q(('observers__gte', 1)), name='a_fact_has_an_observer'), models.CheckConstraint(condition=django.db.models.lookups.In(django.db.models.functions.text.Length('dated'), [0, 4, 7, 10]), name='a_facts_date_is_a_year_a_month_or_a_day')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('description', 'Description'), ('asks', 'Asks'), ('first_meeting', 'First Meeting'), ('presence', 'Presence')], max_length=20)),
                ('text_en', models.TextField()),
                ('text_nb', models.TextField()),
                ('source', models.TextField()),
                ('dated', models.CharField(blank=True, max_length=10, validators=[groups_catalog.models.partial_dates.check_partial_date])),
                ('unverified', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='groups_catalog.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='an_organisation_has_one_text_of_each_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['description', 'asks', 'first_meeting', 'presence'])), name='a_text_has_a_known_kind'), models.CheckConstraint(condition=django.db.models.lookups.In(django.db.models.functions.text.Length('dated'), [0, 4, 7, 10]), name='a_texts_date_is_a_year_a_month_or_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('start', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('timezone', models.CharField(default='Europe/Oslo', max_length=60)),
                ('every', models.CharField(choices=[('week', 'Week'), ('first', 'First'), ('second', 'Second'), ('third', 'Third'), ('fourth', 'Fourth'), ('last', 'Last')], default='week', max_length=10)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('open', models.BooleanField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='groups_catalog.group')),
            ],
            options={
                'ordering': ['weekday', 'start', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='a_meeting_is_on_a_weekday'), models.CheckConstraint(condition=models.Q(('minutes__range', (1, 1440))), name='a_meeting_lasts_a_day_at_most'), models.CheckConstraint(condition=models.Q(('every__in', ['week', 'first', 'second', 'third', 'fourth', 'last'])), name='a_meeting_returns_in_a_known_way'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lte', models.F('valid_until')), _connector='OR'), name='a_meeting_does_not_end_before_it_begins'), models.UniqueConstraint(fields=('group', 'weekday', 'start', 'every'), name='a_group_meets_once_at_a_time')],
            },
        ),
    ]
