from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups_catalog', '0003_spreadsheets_wait_for_a_decision'),
    ]

    operations = [
        migrations.AlterField(
            model_name='group',
            name='membership',
            field=models.CharField(choices=[('everyone', 'All genders'), ('women', 'Women only'), ('men', 'Men only')], default='everyone', max_length=20),
        ),
    ]
