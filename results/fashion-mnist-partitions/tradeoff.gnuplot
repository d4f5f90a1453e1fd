$curve0 << END
0.999999 80.5567 79.8383 81.2751
2 81.98 80.9682 82.9918
4 82.5467 82.273 82.8203
8 82.7567 82.4666 83.0467
END
$line0 << END
0.8 83.1533 82.9045 83.4022
10 83.1533 82.9045 83.4022
END
$curve1 << END
0.999999 78.24 77.1095 79.3705
2 80.1433 79.4046 80.8821
4 81.2967 80.5378 82.0556
8 81.58 81.0251 82.1349
END
$line1 << END
0.8 82.68 81.997 83.363
10 82.68 81.997 83.363
END
$curve2 << END
0.999999 77.5533 75.8073 79.2994
2 79.6033 78.7159 80.4908
4 80.6067 80.0555 81.1579
8 80.79 79.9184 81.6616
END
$line2 << END
0.8 82.4833 81.3144 83.6523
10 82.4833 81.3144 83.6523
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.8:10]
set xtics ("1" 0.999999, "2" 2, "4" 4, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.1), pld accountant}\n{/*0.7 points: mean of 3 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "iid", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "dirichlet 1.0", \
     $line1 using 1:2 with lines linestyle 2 dashtype 2 notitle, \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "label shards 2", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle
